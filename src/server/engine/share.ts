import type { ClaimRequest, RunStore } from './ports';
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

/** Whether a claim found so much that there is likely more: the next one follows at once. */
export const isPlenty = (found: number, limit: number): boolean => found >= limit / 2;

/** The part of the dispatcher's lanes that matters here. */
export interface Room {
  /** how many runs could begin at once */
  readonly places: number;
  /** Keys of lanes in which at least this many runs wait; with 0, of all in which there are any. */
  crowded(length: number): string[];
}

/**
 * Claims runs of this process's workflows, and then, for the places that those leave free, runs of others' workflows; no more,
 * so that they are given back soon.
 */
export class SharedClaims {
  private isShort = false;
  /** others' workflows that the last claim left alone because they are executed here */
  private left: readonly string[] = [];

  constructor(
    private readonly store: Pick<RunStore, 'claim'>,
    /** workflows that belong to other processes */
    private readonly foreignKeys: () => readonly string[],
  ) {}

  /**
   * @param take gets what was claimed, at once: runs must not wait for the next statement, nor be forgotten when that fails
   * @returns how many there were
   */
  async claim(request: ClaimRequest, room: Room, take: (claims: ClaimedRun[]) => void): Promise<number> {
    const keys = this.foreignKeys();
    this.isShort = false;
    this.left = [];
    if (keys.length === 0) {
      const all = await this.store.claim(request);
      take(all);
      return all.length;
    }
    const own = await this.store.claim({ ...request, exceptKeys: [...request.exceptKeys, ...keys] });
    take(own);
    // who has so much to do of its own leaves the others to the others
    if (isPlenty(own.length, request.limit)) {
      return own.length;
    }
    const limit = Math.min(request.limit, room.places);
    if (limit <= 0) {
      this.isShort = own.length === 0;
      return own.length;
    }
    // of what is being executed here no more: when that has ended, the other may go on
    const foreign = new Set(keys);
    this.left = room.crowded(0).filter((key) => foreign.has(key));
    const exceptKeys = [...new Set([...request.exceptKeys, ...this.left, ...own.map(({ key }) => key)])];
    const others = await this.store.claim({ ...request, limit, exceptKeys });
    take(others);
    return own.length + others.length;
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
