import { isLive } from '../../common/status';
import type { Id, WorkflowPlugin } from '../contract';
import { ExecutionMemory, ListMemory, type ExecutionChange } from './changes';
import { Watches, type WatchTarget } from './Watches';

/** Type of the websocket message. */
export const EXECUTION_CHANGED = 'workflow:execution:changed';

/** A watch that is not prolonged ends after this time. */
export const WATCH_MS = 60_000;
const LOOK_EVERY_MS = 200;
/** Lists need not be as quick: every so many looks. */
const LIST_EVERY = 5;

/**
 * Tells people over the host's websocket how executions get on that they look at.
 *
 * It reads the rows a few times a second while somebody looks, and does nothing otherwise: the engine does not know of
 * it, and it makes no difference which process executes. The host brings a message to the process that holds the
 * user's connection.
 */
export class LiveExecutions {
  private readonly watches = new Watches();
  private readonly executions = new Map<string, ExecutionMemory>();
  private readonly lists = new Map<string, ListMemory>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private looks = 0;
  private stopped = false;
  private busy = false;

  constructor(private readonly plugin: WorkflowPlugin) {}

  /** Begins or prolongs a watch. @returns when it ends unless it is prolonged */
  watch(userId: Id, target: WatchTarget): Date {
    const until = Date.now() + WATCH_MS;
    this.watches.add({ userId, target, until });
    if (!this.timer && !this.stopped) {
      this.timer = setInterval(() => this.tick(), LOOK_EVERY_MS);
      this.timer.unref();
    }
    return new Date(until);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.pause();
    await this.looking;
  }

  private tick(): void {
    if (this.busy) {
      return;
    }
    this.busy = true;
    this.looking = this.look()
      .catch((error: unknown) => {
        this.plugin.getLogger('dispatcher').warn('executions that are watched could not be read', { error });
      })
      .finally(() => {
        this.busy = false;
      });
  }

  private async look(): Promise<void> {
    const current = this.watches.current(Date.now());
    if (current.length === 0) {
      return this.pause();
    }
    this.forgetOthers(new Set(current.map(({ name }) => name)));
    this.looks += 1;
    for (const { name, target, userIds } of current) {
      if (target.kind === 'execution') {
        await this.lookAtExecution(name, target.id, userIds);
      } else if (this.looks % LIST_EVERY === 0 || !this.lists.has(name)) {
        await this.lookAtList(name, target.kind === 'workflow' ? target.key : undefined, userIds);
      }
    }
  }

  private async lookAtExecution(name: string, id: string, userIds: Id[]): Promise<void> {
    const { db } = this.plugin;
    const memory = this.executions.get(name) ?? new ExecutionMemory(db, id);
    this.executions.set(name, memory);
    const change = await memory.look();
    if (change === 'gone') {
      this.watches.end(name);
    } else if (change) {
      this.send(userIds, change);
      if (!isLive(change.status)) {
        this.watches.end(name);
      }
    }
  }

  private async lookAtList(name: string, key: string | undefined, userIds: Id[]): Promise<void> {
    const memory = this.lists.get(name) ?? new ListMemory(this.plugin.db, key);
    this.lists.set(name, memory);
    for (const change of await memory.look()) {
      this.send(userIds, change);
    }
  }

  private send(userIds: Id[], payload: ExecutionChange): void {
    for (const userId of userIds) {
      this.plugin.app.emit('ws:sendToUser', { userId, message: { type: EXECUTION_CHANGED, payload } });
    }
  }

  private forgetOthers(names: Set<string>): void {
    for (const memories of [this.executions, this.lists]) {
      for (const name of memories.keys()) {
        if (!names.has(name)) {
          memories.delete(name);
        }
      }
    }
  }

  private pause(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.watches.clear();
    this.executions.clear();
    this.lists.clear();
  }
}
