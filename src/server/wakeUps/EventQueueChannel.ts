import type { Id, WorkflowPlugin } from '../contract';
import type { WakeUpChannel } from './WakeUps';

/** What the stock plugin puts into the queue; ours sends an empty one. */
export interface StockTask {
  executionId?: Id;
  jobId?: Id;
  rerun?: { nodeId?: Id; overwrite?: boolean };
}

interface HostEventQueue {
  adapter?: object;
  isConnected(): boolean;
  publish(channel: string, task: StockTask): Promise<void>;
}

/**
 * The host's event queue as a wake-up between processes, when it has an adapter that reaches them. Tasks that the stock
 * plugin left behind when it was replaced are stored as signals, so that nothing it accepted is lost.
 */
export class EventQueueChannel implements WakeUpChannel {
  readonly name = 'the event queue of the host';
  private onWakeUp: (() => void) | undefined;

  constructor(
    private readonly plugin: WorkflowPlugin & { readonly channelPendingExecution: string },
    private readonly accept: (task: StockTask) => Promise<void>,
  ) {}

  /** To be called while the plugin loads: the queue connects when the application starts. */
  subscribe(): void {
    this.plugin.app.eventQueue.subscribe(this.plugin.channelPendingExecution, {
      idle: () => this.plugin.serving(),
      process: async (task: StockTask | undefined) => {
        await this.accept(task ?? {});
        this.onWakeUp?.();
      },
    });
  }

  /** The queue in memory reaches nobody else. */
  get isOpen(): boolean {
    return this.queue.isConnected() && this.queue.adapter?.constructor.name !== 'MemoryEventQueueAdapter';
  }

  async open(onWakeUp: (() => void) | undefined): Promise<void> {
    this.onWakeUp = onWakeUp;
  }

  async send(): Promise<void> {
    await this.queue.publish(this.plugin.channelPendingExecution, {});
  }

  async close(): Promise<void> {
    this.onWakeUp = undefined;
  }

  private get queue(): HostEventQueue {
    return this.plugin.app.eventQueue as unknown as HostEventQueue;
  }
}
