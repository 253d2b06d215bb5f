import type { Transaction } from 'sequelize';
import type { FaultPoint, FaultPoints } from '../engine/faults';
import type { ClaimRequest, Tx } from '../engine/ports';
import type { ClaimedRun, RunCommit } from '../engine/types';
import { SqlRunStore, type SignalRequest } from './SqlRunStore';

type Insert = SqlRunStore['insert'];

/** What a write of a run means, by what it leaves behind. */
function pointOf(commit: RunCommit): FaultPoint {
  const { status, release, cursor } = commit;
  if (release) return status === 0 ? 'wait' : 'finish';
  return cursor?.step.type === 'run' && cursor.step.reservedId !== undefined ? 'attempt' : 'step';
}

/** The store with a fault point around each write; only where fault points are listened to. */
export class WatchedRunStore extends SqlRunStore {
  /** what the commit inside a node's own transaction means */
  private readonly within = new WeakMap<object, FaultPoint>();

  constructor(
    private readonly faults: FaultPoints,
    ...args: ConstructorParameters<typeof SqlRunStore>
  ) {
    super(...args);
  }

  override async insert(requests: Parameters<Insert>[0], transaction?: Transaction | null): ReturnType<Insert> {
    this.faults.pass('event', 'before');
    const rows = await super.insert(requests, transaction);
    if (transaction) transaction.afterCommit(() => this.faults.pass('event', 'after'));
    else this.faults.pass('event', 'after');
    return rows;
  }

  override async claim(request: ClaimRequest): Promise<ClaimedRun[]> {
    const claims = await super.claim(request);
    this.passClaims(claims, 'after');
    return claims;
  }

  protected override beforeClaim(claims: ClaimedRun[]): void {
    this.passClaims(claims, 'before');
  }

  private passClaims(claims: ClaimedRun[], side: 'before' | 'after'): void {
    if (claims.some(({ signals }) => signals.length > 0)) this.faults.pass('signalClaim', side);
    if (claims.some(({ signals }) => signals.length === 0)) this.faults.pass('claim', side);
  }

  override async commit(commits: RunCommit[]): Promise<Set<string>> {
    const points = new Set(commits.map(pointOf));
    for (const point of points) this.faults.pass(point, 'before');
    const held = await super.commit(commits);
    for (const point of points) this.faults.pass(point, 'after');
    return held;
  }

  override async commitWithin(tx: Tx, commit: RunCommit): Promise<boolean> {
    this.within.set(tx, commit.release ? pointOf(commit) : 'databaseStep');
    return super.commitWithin(tx, commit);
  }

  override async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    let point: FaultPoint | undefined;
    const result = await super.transaction(async (tx) => {
      const value = await work(tx);
      point = this.within.get(tx);
      if (point) this.faults.pass(point, 'before');
      return value;
    });
    if (point) this.faults.pass(point, 'after');
    return result;
  }

  override async countAttempt(executionId: string, epoch: number): Promise<boolean> {
    this.faults.pass('retry', 'before');
    const isHeld = await super.countAttempt(executionId, epoch);
    this.faults.pass('retry', 'after');
    return isHeld;
  }

  override async addSignal(executionId: string, signal: SignalRequest, transaction?: Transaction): Promise<void> {
    const point = signal.kind === 'resume' ? 'answer' : signal.kind === 'rerun' ? 'rerun' : null;
    if (point) this.faults.pass(point, 'before');
    await super.addSignal(executionId, signal, transaction);
    if (!point) return;
    if (transaction) transaction.afterCommit(() => this.faults.pass(point, 'after'));
    else this.faults.pass(point, 'after');
  }
}
