import type { WorkflowSummary } from './workflow';

/** Identity of a node in a document: it is made in the browser and survives saving, versions and undo. */
export type NodeKey = string;

/** Values as templates, operators and constants; the node type alone knows their shape. */
export type Config = Readonly<Record<string, unknown>>;

/** Where a node hangs. `upstream: null` is the place under the trigger; `branch: null` the main chain after upstream. */
export interface Place {
  upstream: NodeKey | null;
  branch: number | null;
}

export interface FlowNode {
  readonly key: NodeKey;
  /** row of the database; absent until it was saved for the first time */
  readonly id?: string;
  readonly type: string;
  readonly title: string;
  readonly config: Config;
  readonly upstream: NodeKey | null;
  /** branch of `upstream` that this node opens; null: follows it in the same chain */
  readonly branch: number | null;
  /** next node of the same chain */
  readonly downstream: NodeKey | null;
}

/** A note that somebody left on the canvas, beside a node or beside the trigger (`at: null`). */
export interface FlowNote {
  readonly id: string;
  readonly at: NodeKey | null;
  readonly text: string;
  readonly color?: string;
}

/**
 * What one editor edits: one version of a workflow. Never changed in place: every command returns a new document that
 * shares what did not change, so that equal parts are identical (`===`) and need no repaint.
 */
export interface FlowDocument {
  readonly workflow: WorkflowSummary;
  readonly trigger: { readonly type: string; readonly title: string; readonly config: Config };
  readonly nodes: ReadonlyMap<NodeKey, FlowNode>;
  readonly notes: readonly FlowNote[];
}
