import { randomInt } from 'node:crypto';

/** Seconds of the host's id epoch, 2020-11-11. */
const HOST_EPOCH_SECONDS = 1605024000;
const SLOTS_PER_MS = 2048;
/** The same instant in milliseconds. */
export const HOST_EPOCH_MS = HOST_EPOCH_SECONDS * 1000;

/** Where job ids come from; always ascending within a process. */
export interface JobIdSource {
  getUniqueID(): bigint;
  next(): string;
}

/**
 * Execution ids, in the host's layout (seconds since its epoch × 2^21 + 21 bits) so that ids made by either sort by time.
 * The host's own generator counts from 0 every second, so two processes with the same worker number collide at once;
 * here the lower bits are the millisecond (10 bits) and a place that starts at random (11 bits).
 * A collision that is left is caught by the primary key and tried again.
 */
export class ExecutionIds {
  private lastMs = 0;
  private slot = 0;

  constructor(private readonly now: () => number = Date.now) {}

  next(): string {
    const current = this.now();
    if (current > this.lastMs) {
      this.lastMs = current;
      this.slot = randomInt(SLOTS_PER_MS / 2);
    } else if (this.slot >= SLOTS_PER_MS - 1) {
      this.lastMs += 1;
      this.slot = 0;
    } else {
      this.slot += 1;
    }
    const seconds = BigInt(Math.floor(this.lastMs / 1000) - HOST_EPOCH_SECONDS);
    const low = BigInt((this.lastMs % 1000) * SLOTS_PER_MS + this.slot);
    return String((seconds << 21n) | low);
  }
}

/** Executions triggered since an instant have at least this id. @param ms since 1970 */
export function executionIdAt(ms: number): string {
  return String(BigInt(Math.max(0, Math.floor(ms / 1000) - HOST_EPOCH_SECONDS)) << 21n);
}

/**
 * Job ids: 41 bits of milliseconds since `epochMs`, 12 bits drawn at random for the process, 10 bits of sequence.
 * The layout that Twitter published as "snowflake". Always ascending within a process.
 */
export class JobIds implements JobIdSource {
  private lastMs = 0;
  private sequence = 0;

  constructor(
    private readonly epochMs: number,
    private readonly instance: number = randomInt(4096),
    private readonly now: () => number = Date.now,
  ) {}

  getUniqueID(): bigint {
    const current = this.now();
    if (current > this.lastMs) {
      this.lastMs = current;
      this.sequence = 0;
    } else if (this.sequence >= 1023) {
      this.lastMs += 1;
      this.sequence = 0;
    } else {
      this.sequence += 1;
    }
    const ms = BigInt(Math.max(0, this.lastMs - this.epochMs));
    return (ms << 22n) | (BigInt(this.instance & 4095) << 10n) | BigInt(this.sequence);
  }

  next(): string {
    return String(this.getUniqueID());
  }
}

/**
 * Job ids for SQLite, whose driver hands numbers out as JavaScript numbers: ids beyond 2^53 would come back as others.
 * 42 bits of milliseconds since `epochMs` and 11 bits of sequence last for more than a century.
 */
export class SafeJobIds implements JobIdSource {
  private last = 0n;

  constructor(
    private readonly epochMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Ids that the stock plugin made have another layout and may be higher; new ones have to sort behind them. */
  startAfter(id: bigint): void {
    this.last = id > this.last ? id : this.last;
  }

  getUniqueID(): bigint {
    const candidate = BigInt(Math.max(0, this.now() - this.epochMs)) << 11n;
    this.last = candidate > this.last ? candidate : this.last + 1n;
    return this.last;
  }

  next(): string {
    return String(this.getUniqueID());
  }
}
