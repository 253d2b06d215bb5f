import type { ExecutionLine } from '../../api/types';
import type { HostPort } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';

/** What started an execution, in words. */
export function sourceText(execution: ExecutionLine, registry: KindRegistry, t: HostPort['t']): string {
  if (execution.manually || execution.source === 'manual') return t('By hand');
  if (execution.source === 'replay') return t('Run again');
  if (execution.source === 'workflow') return t('By a workflow');
  const type = execution.source ?? execution.workflow?.type;
  return type ? (registry.trigger(type)?.title ?? type) : '–';
}
