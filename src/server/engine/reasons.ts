/** Why the engine itself ended an execution; stored in `reason`, beside the reasons of the contract. */
export const ENGINE_REASON = {
  /** the transaction that the run was part of died with its process */
  TRANSACTION_LOST: 'transaction_lost',
  /** every attempt to go on was interrupted, so that the run itself may be the cause */
  INTERRUPTED: 'interrupted',
  /** the version that it belongs to was deleted */
  WORKFLOW_GONE: 'workflow_gone',
} as const;
