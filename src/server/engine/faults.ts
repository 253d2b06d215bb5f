/**
 * Every write that the next process relies on has a name here, so that a test can kill the process just before or just
 * after it (docs/testing.md). In production nobody listens and the seams cost nothing.
 */
export type FaultPoint =
  /** an execution is stored, in the transaction of the event where there is one */
  | 'event'
  /** processes are told that there is work */
  | 'hint'
  /** runs are leased */
  | 'claim'
  /** runs are leased because somebody answered, cancelled or repeated something */
  | 'signalClaim'
  /** jobs and the cursor are stored in the middle of a run */
  | 'step'
  /** a database node's write and its job are stored together */
  | 'databaseStep'
  /** the attempt of a node with outside effects is stored */
  | 'attempt'
  /** the run comes to rest and the lease is given back */
  | 'wait'
  /** an answer to a waiting job is stored */
  | 'answer'
  /** an order to run again is stored */
  | 'rerun'
  /** an execution with its jobs and children is cancelled */
  | 'cancel'
  /** the final status is stored */
  | 'finish'
  /** an interrupted run is about to be tried again, and that is counted */
  | 'retry'
  /** an occurrence of a schedule has been turned into an execution */
  | 'occurrence'
  /** a version is copied with its nodes */
  | 'version'
  /** another version of a workflow is the enabled one */
  | 'publish'
  /** executions that nobody needs any more are deleted with their jobs */
  | 'retention'
  /** the tables have what the engine needs */
  | 'schema';

export interface FaultPoints {
  /** Just before the write, or just after it is committed. May not return. */
  pass(point: FaultPoint, side: 'before' | 'after'): void;
}

/** Where a test's fault points are found; they have to be there before the plugin starts. */
export const FAULT_POINTS = Symbol.for('@nocobase/plugin-workflow:faults');

/** The fault points of this process; null in production. */
export const faultPoints = (): FaultPoints | null => (globalThis as { [FAULT_POINTS]?: FaultPoints })[FAULT_POINTS] ?? null;

/** Does a write between its two fault points. */
export async function passing<T>(point: FaultPoint, write: () => Promise<T>): Promise<T> {
  const faults = faultPoints();
  faults?.pass(point, 'before');
  const result = await write();
  faults?.pass(point, 'after');
  return result;
}

/** For somebody else's transaction in which all is written: passes before its commit, and after it. */
export function passingWith(point: FaultPoint, transaction: { afterCommit(task: () => void): void } | null | undefined): void {
  const faults = faultPoints();
  if (!faults) return;
  faults.pass(point, 'before');
  if (transaction) transaction.afterCommit(() => faults.pass(point, 'after'));
  else faults.pass(point, 'after');
}
