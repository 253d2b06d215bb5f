import type { EngineLog } from './ports';
import { keysOfOthers } from './share';

export interface NeighboursDeps {
  /** Says that this process is there. @returns all processes that have said so lately, this one included */
  announce(): Promise<string[]>;
  /** Takes that back. */
  withdraw(): Promise<void>;
  /** false while this process only answers requests */
  serving(): boolean;
  /** true for a process that has not taken it back and is known to be gone */
  isDead(owner: string): boolean;
  /** keys of the workflows that there may be runs of */
  keys(): Iterable<string>;
  log: EngineLog;
}

/** The processes that execute beside this one, and which workflows are theirs. */
export class Neighbours {
  private timer: NodeJS.Timeout | undefined;
  private underWay: Promise<void> | undefined;
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
      const owners = (await deps.announce()).filter((owner) => owner === self || !deps.isDead(owner));
      if (this.timer) {
        this.foreign = keysOfOthers(deps.keys(), owners, self);
      }
    } catch (error) {
      deps.log.debug('the other processes could not be looked for; trying again', { error });
    }
  }
}
