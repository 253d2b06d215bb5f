/** One line of `meta.workflows` in the answer to an action, see docs/post-action-trigger.md. */
export interface WorkflowReport {
  key: string;
  association?: string;
  executionId?: string | number;
  /** null: asynchronous; 0: waits; 1: done; below zero: ended without success */
  status?: number | null;
  reason?: string;
}

/** What a person who pressed a button has to be told of the workflows behind it. */
export interface Outcome {
  /** ran within the action and did not succeed */
  failed: { key: string; status: number; executionId: string }[];
  /** ran within the action and could not end there */
  waiting: string[];
  /** could not be stored, although they were asked for */
  lost: string[];
  /** the button names them, but they cannot run: a matter for those who configure the page */
  misconfigured: { key: string; reason: string }[];
}

/** Reasons that do not go away by themselves: the button or the workflow has to be configured otherwise. */
const MISCONFIGURED = [
  'not_found',
  'disabled',
  'wrong_type',
  'collection_mismatch',
  'association_not_found',
  'association_to_many',
];

/** @returns null when there is nothing to tell */
export function outcomeOf(reports: unknown): Outcome | null {
  if (!Array.isArray(reports)) return null;
  const lines = reports as WorkflowReport[];
  const outcome: Outcome = {
    failed: lines
      .filter(({ status }) => typeof status === 'number' && status < 0)
      .map(({ key, status, executionId }) => ({ key, status: status!, executionId: String(executionId) })),
    waiting: lines.filter(({ status }) => status === 0).map(({ key }) => key),
    lost: lines.filter(({ reason }) => reason === 'failed' || reason === 'refused').map(({ key }) => key),
    misconfigured: lines
      .filter(({ reason }) => reason && MISCONFIGURED.includes(reason))
      .map(({ key, reason }) => ({ key, reason: reason! })),
  };
  return Object.values(outcome).some((list) => list.length) ? outcome : null;
}
