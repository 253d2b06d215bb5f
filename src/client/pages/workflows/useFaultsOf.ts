import { useCallback } from 'react';
import type { Id } from '../../api/types';
import { useWorkflowApi } from '../../api/useWorkflowApi';
import { buildDocument } from '../../document/build';
import { useT } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { useValidatorOf } from '../useValidatorOf';

/** One thing that keeps a workflow from working as drawn. */
export interface WorkflowFault {
  /** of the node or trigger */
  title: string;
  message: string;
}

/** Loads a version and lists its errors; warnings do not keep anybody from enabling it. */
export function useFaultsOf(registry: KindRegistry): (id: Id) => Promise<WorkflowFault[]> {
  const api = useWorkflowApi();
  const validatorOf = useValidatorOf(registry);
  const t = useT();
  return useCallback(
    async (id) => {
      const { document } = buildDocument(await api.getWorkflow(id));
      const { list } = validatorOf(document).validate(document);
      return list
        .filter(({ level }) => level === 'error')
        .map(({ key, message }) => {
          const node = key === null ? undefined : document.nodes.get(key);
          return { title: node ? node.title || (registry.node(node.type)?.title ?? node.type) : t('Trigger'), message };
        });
    },
    [api, validatorOf, registry, t],
  );
}
