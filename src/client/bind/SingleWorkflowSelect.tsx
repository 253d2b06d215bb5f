import { useCallback } from 'react';
import { usePort } from '../port/HostPort';
import type { BindTarget } from './target';
import { useBoundWorkflows } from './useBoundWorkflows';
import { WorkflowSelect } from './WorkflowSelect';
import { findCandidates } from './workflows';

/** Chooses one enabled workflow that gets the record of `target`. */
export function SingleWorkflowSelect({
  value,
  onChange,
  target,
  placeholder,
  disabled,
}: {
  value?: string;
  onChange(key: string | undefined): void;
  /** must be the same object between renders */
  target: BindTarget;
  placeholder?: string;
  disabled?: boolean;
}) {
  const port = usePort();
  const { t, collections } = port;
  const bound = useBoundWorkflows(value ? [value] : []);
  const { collection } = target;
  const load = useCallback(
    (text: string, signal: AbortSignal) => findCandidates(port, target, { collection, context: '', text, signal }),
    [port, target, collection],
  );
  return (
    <WorkflowSelect
      value={value}
      onChange={(key, workflow) => {
        if (workflow) bound.add(workflow);
        onChange(key);
      }}
      load={load}
      chosen={value ? bound.get(value) : undefined}
      typeTitle={(type) => target.types.find((candidate) => candidate.type === type)?.title ?? type}
      label={t('Workflow')}
      emptyText={t('No enabled workflow can be bound to “{{collection}}” yet', {
        collection: collections.find(collection)?.title ?? collection,
      })}
      placeholder={placeholder}
      disabled={disabled}
    />
  );
}
