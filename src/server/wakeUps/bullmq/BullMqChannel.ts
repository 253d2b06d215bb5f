import { Queue, Worker } from 'bullmq';
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { EngineLog } from '../../engine/ports';
import type { WakeUpChannel } from '../WakeUps';

export interface BullMqOptions {
  url: string;
  /** the same for all processes on one database, another for every other database */
  queue: string;
  log: EngineLog;
}

const PREFIX = 'nocobase-workflow';
const RECONNECT_MS = { step: 200, most: 5_000 };
/** How long a stopping process waits for Redis to say goodbye. */
const GOODBYE_MS = 1_000;

/** BullMQ's codes for a job that is unknown, or not locked by this worker any more, or not being worked off. */
const FORGOTTEN = new Set([-1, -2, -3, -6]);

/** Redis came back empty while a message was in hand: that has woken somebody up, and nobody misses it. */
const isForgotten = (error: Error & { code?: unknown }): boolean => FORGOTTEN.has(error.code as number);

/**
 * Wake-ups through BullMQ on Redis: each reaches one of the processes that execute. Losing Redis, with or without what
 * it holds, loses no work. Its errors end here: they are logged once, and it is tried again until it is back.
 */
export class BullMqChannel implements WakeUpChannel {
  readonly name = 'Redis';
  private readonly connections: Redis[] = [];
  private queue: Queue | undefined;
  private worker: Worker | undefined;
  private sender: Redis | undefined;
  private isDown = false;
  private count = 0;
  private readonly self = randomUUID();

  constructor(private readonly options: BullMqOptions) {}

  get isOpen(): boolean {
    return this.sender?.status === 'ready';
  }

  /** Does not wait for Redis: it may come later, or never. */
  async open(onWakeUp: (() => void) | undefined): Promise<void> {
    // a message that cannot be sent now is not worth keeping
    this.sender = this.connect({ enableOfflineQueue: false, maxRetriesPerRequest: 0 });
    this.queue = new Queue(this.options.queue, {
      connection: this.sender,
      prefix: PREFIX,
      skipWaitingForReady: true,
      skipVersionCheck: true,
      streams: { events: { maxLen: 100 } },
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
    this.queue.on('error', (error) => this.onDown(error));
    if (onWakeUp) {
      this.worker = new Worker(this.options.queue, async () => onWakeUp(), {
        connection: this.connect({ maxRetriesPerRequest: null }),
        prefix: PREFIX,
        skipVersionCheck: true,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
      });
      this.worker.on('error', (error) => isForgotten(error) || this.onDown(error));
    }
  }

  /**
   * At most two messages of a process wait at any time, however many it sends and however long nobody takes them. Two,
   * because one that is just being taken may belong to a look that is already over.
   */
  async send(): Promise<void> {
    this.count = 1 - this.count;
    await this.queue?.add('wake-up', null, { jobId: `${this.self}-${this.count}` });
  }

  async close(): Promise<void> {
    const closing = Promise.allSettled([this.worker?.close(true), this.queue?.close()]);
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([closing, new Promise((resolve) => (timer = setTimeout(resolve, GOODBYE_MS)))]);
    clearTimeout(timer);
    for (const connection of this.connections.splice(0)) {
      connection.disconnect();
    }
    this.worker = this.queue = this.sender = undefined;
  }

  private connect(options: { enableOfflineQueue?: boolean; maxRetriesPerRequest: number | null }): Redis {
    const connection = new Redis(this.options.url, {
      ...options,
      connectionName: 'nocobase-workflow',
      retryStrategy: (times) => Math.min(times * RECONNECT_MS.step, RECONNECT_MS.most),
    });
    connection.on('error', (error) => this.onDown(error));
    connection.on('ready', () => this.onReady());
    this.connections.push(connection);
    return connection;
  }

  private onDown(error: Error): void {
    if (!this.isDown && this.sender) {
      this.isDown = true;
      this.options.log.warn('Redis does not answer: processes find work by themselves, within a second, until it is back', { error });
    }
  }

  private onReady(): void {
    if (this.isDown) {
      this.isDown = false;
      this.options.log.info('Redis is back and carries wake-ups again');
    }
  }
}
