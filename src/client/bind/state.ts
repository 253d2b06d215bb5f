import type { CollectionCatalog } from '../port/HostPort';
import type { Binding } from './bindings';
import { isSameCollection, resolveContext, type BindTarget } from './target';
import { accepts, type BindableWorkflow } from './workflows';

/** What keeps a binding from starting its workflow. */
export type BindingFault =
  /** no workflow was chosen yet */
  | 'empty'
  /** no workflow has this key (any more) */
  | 'deleted'
  /** the path to its data is no to-one association (any more) */
  | 'contextLost'
  /** its collection is not that of the data */
  | 'otherCollection'
  /** runs without being bound */
  | 'global'
  /** buttons like this one do not start workflows of its type */
  | 'otherType'
  | 'disabled'
  /** an earlier row binds the same workflow to the same data */
  | 'repeated';

/** The first thing that is wrong with the row at `index`; null when the button starts its workflow. */
export function bindingFault(
  rows: readonly Binding[],
  index: number,
  workflow: BindableWorkflow | undefined,
  target: BindTarget,
  catalog: CollectionCatalog,
): BindingFault | null {
  const { workflowKey, context } = rows[index]!;
  const resolved = resolveContext(catalog, target.collection, context);
  if (!resolved) return 'contextLost';
  if (!workflowKey) return 'empty';
  if (!workflow) return 'deleted';
  const known = target.optionFilter !== undefined || target.types.some(({ type }) => type === workflow.type);
  const config = workflow.config ?? {};
  if (!known) return 'otherType';
  if (!isSameCollection(config.collection, resolved.collection)) return 'otherCollection';
  if (!accepts(target, workflow, context)) return config.global === true ? 'global' : 'otherType';
  if (!workflow.enabled) return 'disabled';
  const earlier = rows.slice(0, index).some((row) => row.workflowKey === workflowKey && row.context === context);
  return earlier ? 'repeated' : null;
}
