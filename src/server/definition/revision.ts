import { createHash } from 'node:crypto';
import type { FlowNodeModel, WorkflowModel } from '../contract';

/** A note that somebody left on the canvas, beside a node or beside the trigger (`at: null`). */
export interface FlowNote {
  id: string;
  /** key of a node */
  at: string | null;
  text: string;
  color?: string;
}

/** What the editor keeps beside the graph, in `workflows.canvas`. */
export interface CanvasData {
  notes?: FlowNote[];
}

type DefinedWorkflow = Pick<WorkflowModel, 'config' | 'triggerTitle'> & { canvas?: CanvasData | null };
type DefinedNode = Pick<
  FlowNodeModel,
  'id' | 'key' | 'type' | 'title' | 'config' | 'upstreamId' | 'downstreamId' | 'branchIndex'
>;

/** Notes of a version; [] for versions that no editor of ours has saved. */
export function notesOf({ canvas }: { canvas?: CanvasData | null }): FlowNote[] {
  return canvas?.notes ?? [];
}

/**
 * Names what a version says now: trigger, nodes and notes. It is computed from the rows, so it changes with every edit,
 * whoever made it and however, and is the same again when an edit was taken back.
 */
export function revisionOf(workflow: DefinedWorkflow, nodes: readonly DefinedNode[]): string {
  const rows = nodes
    .map(({ id, key, type, title, config, upstreamId, downstreamId, branchIndex }): [string, ...unknown[]] => [
      String(id),
      key,
      type,
      title ?? null,
      config ?? null,
      upstreamId == null ? null : String(upstreamId),
      downstreamId == null ? null : String(downstreamId),
      branchIndex ?? null,
    ])
    .sort((a, b) => (a[0] < b[0] ? -1 : 1));
  const content = [workflow.config ?? null, workflow.triggerTitle ?? null, notesOf(workflow), rows];
  return createHash('sha256').update(canonical(content)).digest('base64url').slice(0, 24);
}

/** JSON with the members of objects in order: databases may give them back in another one. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
