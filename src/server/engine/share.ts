import type { ClaimRequest, Clock, RunStore } from './ports';
import type { ClaimedRun } from './types';

/**
 * Which workflows are another process's to execute first. Each of these workflows belongs to one process, and every process
 * gets as many of them: without that, whoever was first would hold the leases of all workflows of a backlog and take more of
 * each before the last run has ended, and the processes beside it would find nothing that they may take.
 *
 * It is a preference and no rule, see `SharedClaims`. So nothing is lost when processes do not agree for a moment who is
 * there, and nothing waits for one that is gone.
 *
 * @param keys of the workflows, in any order
 * @param owners the processes that execute, this one included, in any order
 * @example keysOfOthers(['a', 'b', 'c'], ['p', 'q'], 'q') // ['a', 'c']
 */
export function keysOfOthers(keys: Iterable<string>, owners: Iterable<string>, self: string): string[] {
  const sorted = [...new Set(owners)].sort();
  const mine = sorted.indexOf(self);
  if (mine < 0 || sorted.length < 2) {
    return [];
  }
  return [...new Set(keys)].sort().filter((_, i) => i % sorted.length !== mine);
}

/** The part of the dispatcher's lanes that matters here. */
export interface Room {
  /** how many runs could begin at once */
  readonly places: number;
  /** Keys of lanes in which at least this many runs wait; with 0, of all in which there are any. */
  crowded(length: number): string[];
}

/**
 * Claims runs of this process's workflows; where those leave places free, runs of others' workflows for them, and no more,
 * so that they are given back soon. Now and then it takes one of them without a free place, so that nothing waits for ever for a
 * process that is there and does nothing.
 */
export class SharedClaims {
  private lastForeignAt: number;
  private isShort = false;
  /** others' workflows that the last claim left alone because they are executed here */
  private left: readonly string[] = [];

  constructor(
    private readonly store: Pick<RunStore, 'claim'>,
    private readonly clock: Clock,
    /** workflows that belong to other processes */
    private readonly foreignKeys: () => readonly string[],
    /** how long others' runs may go unseen by a process without a free place */
    private readonly patienceMs: number,
  ) {
    this.lastForeignAt = clock.now();
  }

  async claim(request: ClaimRequest, room: Room): Promise<ClaimedRun[]> {
    const keys = this.foreignKeys();
    this.isShort = false;
    this.left = [];
    if (keys.length === 0) {
      return this.store.claim(request);
    }
    const own = await this.store.claim({ ...request, exceptKeys: [...request.exceptKeys, ...keys] });
    this.isShort = own.length === 0 && room.places <= 0;
    const isOverdue = this.clock.now() - this.lastForeignAt >= this.patienceMs;
    const limit = Math.min(request.limit, Math.max(room.places - own.length, isOverdue ? 1 : 0));
    if (limit <= 0) {
      return own;
    }
    this.lastForeignAt = this.clock.now();
    // of what is being executed here no more: when that has ended, the other may go on
    const foreign = new Set(keys);
    this.left = room.crowded(0).filter((key) => foreign.has(key));
    try {
      return own.concat(await this.store.claim({ ...request, limit, exceptKeys: [...request.exceptKeys, ...this.left] }));
    } catch (error) {
      // the leases of the first claim are stored; whatever is wrong, the next one will meet it too
      if (own.length > 0) {
        return own;
      }
      throw error;
    }
  }

  /** Whether what made the last claim leave runs of others alone is over: there is a place, or a workflow has come to rest. Says so once. */
  hasRoomAgain(room: Room): boolean {
    const hasPlace = this.isShort && room.places > 0;
    const busy = this.left.length > 0 ? new Set(room.crowded(0)) : null;
    const hasRested = busy !== null && this.left.some((key) => !busy.has(key));
    if (hasPlace || hasRested) {
      this.isShort = false;
      this.left = [];
    }
    return hasPlace || hasRested;
  }
}
