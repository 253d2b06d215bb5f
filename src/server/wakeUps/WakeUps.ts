import type { EngineLog } from '../engine/ports';

/** A way to tell other processes on the same database that there is work. What it carries may be lost, doubled, late or out of order. */
export interface WakeUpChannel {
  /** for the log */
  readonly name: string;
  /** Nobody can be told while this is false. */
  readonly isOpen: boolean;
  /** @param onWakeUp called when another process says that there is work; undefined in a process that executes nothing */
  open(onWakeUp: (() => void) | undefined): Promise<void>;
  send(): Promise<void>;
  close(): Promise<void>;
}

/** Events of this time share a message. */
const PAUSE_MS = 20;

/**
 * Tells other processes that there is work, when this one does not take it up at once. A message carries nothing and
 * decides nothing: who gets it looks into the database, which every process does once a second anyway.
 */
export class WakeUps {
  private channels: WakeUpChannel[] = [];
  private lastSentAt = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly failing = new Set<WakeUpChannel>();

  constructor(
    private readonly deps: {
      log: EngineLog;
      /** true when this process executes what it stores without delay */
      hasTime(): boolean;
      now(): number;
    },
  ) {}

  /** Opens the channels. One that does not come up is left out: everything works without it. */
  async open(channels: WakeUpChannel[], onWakeUp: (() => void) | undefined): Promise<void> {
    for (const channel of channels) {
      try {
        await channel.open(onWakeUp);
        this.channels.push(channel);
      } catch (error) {
        this.deps.log.warn(`${channel.name} is not used for wake-ups`, { error });
      }
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const channels = this.channels.splice(0);
    await Promise.all(
      channels.map((channel) =>
        channel.close().catch((error: unknown) => this.deps.log.warn(`${channel.name} could not be closed`, { error })),
      ),
    );
  }

  /** There is work. Cheap, for every event. */
  announce(): void {
    if (this.timer || this.deps.hasTime() || !this.channels.some(({ isOpen }) => isOpen)) {
      return;
    }
    const waitMs = this.lastSentAt + PAUSE_MS - this.deps.now();
    if (waitMs <= 0) {
      this.send();
      return;
    }
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.send();
    }, waitMs);
    this.timer.unref();
  }

  private send(): void {
    this.lastSentAt = this.deps.now();
    for (const channel of this.channels) {
      if (channel.isOpen) {
        void channel.send().then(
          () => this.failing.delete(channel),
          (error: unknown) => this.onFailure(channel, error),
        );
      }
    }
  }

  /** Says it once, not for every event while it lasts. */
  private onFailure(channel: WakeUpChannel, error: unknown): void {
    if (!this.failing.has(channel)) {
      this.failing.add(channel);
      this.deps.log.warn(`${channel.name} takes no wake-ups; other processes find work by themselves, within a second`, { error });
    }
  }
}
