/** Thrown into the user's write when a synchronous workflow that guards it did not succeed. */
export class RollbackOnFailureError extends Error {
  readonly status = 422;
  readonly code = 'WORKFLOW_ROLLBACK_ON_FAILURE';
}
