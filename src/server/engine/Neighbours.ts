import type { EngineLog } from './ports';
import { keysOfOthers } from './share';

/** Who executes at present, and what there is to be shared. */
export interface Present {
  /** all processes that have announced themselves lately, this one included */
  owners: string[];
  /** keys of the workflows whose runs one process executes at a time */
  keys: string[];
}

export interface NeighboursDeps {
  /** Says that this process is there. */
  announce(): Promise<Present>;
  /** Takes that back. */
  withdraw(): Promise<void>;
  /** false while this process only answers requests */
  serving(): boolean;
  /** true for a process that has not taken it back and is known to be gone */
  isDead(owner: string): boolean;
  log: EngineLog;
}

/** The processes that execute beside this one, and which workflows are theirs. */
export class Neighbours {
  private timer: NodeJS.Timeout | undefined;
  private underWay: Promise<void> | undefined;
  private hasAnnounced = false;
  private foreign: readonly string[] = [];

  constructor(
    private readonly deps: NeighboursDeps,
    private readonly self: string,
    private readonly everyMs: number,
  ) {}

  start(): void {
    clearInterval(this.timer);
    this.timer = setInterval(() => this.look(), this.everyMs);
    this.timer.unref();
    this.look();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.underWay;
    // it may have been started again meanwhile
    if (this.timer || !this.hasAnnounced) {
      return;
    }
    this.hasAnnounced = false;
    this.foreign = [];
    await this.deps.withdraw().catch((error: unknown) => {
      this.deps.log.debug('the other processes could not be told that this one stops; they will notice', { error });
    });
  }

  /** Keys of workflows that belong to other processes, as of the last look. @see keysOfOthers */
  get foreignKeys(): readonly string[] {
    return this.foreign;
  }

  private look(): void {
    if (this.deps.serving()) {
      this.underWay ??= this.lookAround().finally(() => (this.underWay = undefined));
    }
  }

  /** Never rejects: who cannot see the others shares with those it saw last, and they notice that it is silent. */
  private async lookAround(): Promise<void> {
    const { deps, self } = this;
    try {
      this.hasAnnounced = true;
      const { owners, keys } = await deps.announce();
      if (this.timer) {
        this.foreign = keysOfOthers(keys, owners.filter((owner) => owner === self || !deps.isDead(owner)), self);
      }
    } catch (error) {
      deps.log.debug('the other processes could not be looked for; trying again', { error });
    }
  }
}
