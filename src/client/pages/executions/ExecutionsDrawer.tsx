import { Drawer } from 'antd';
import type { WorkflowLine } from '../../api/types';
import { useT } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { ExecutionList } from './ExecutionList';

interface ExecutionsDrawerProps {
  registry: KindRegistry;
  /** undefined: closed */
  workflow: Pick<WorkflowLine, 'key' | 'title'> | undefined;
  onClose(): void;
}

/** Executions of one workflow, beside the page that asked for them. */
export function ExecutionsDrawer({ registry, workflow, onClose }: ExecutionsDrawerProps) {
  const t = useT();
  return (
    <Drawer
      aria-label={t('Execution history')}
      open={Boolean(workflow)}
      onClose={onClose}
      width="min(1100px, 100vw)"
      title={`${t('Execution history')}: ${workflow?.title || workflow?.key || ''}`}
      destroyOnClose
    >
      {workflow && <ExecutionList registry={registry} workflowKey={workflow.key} />}
    </Drawer>
  );
}
