import type { WorkflowPlugin } from '../contract';
import type { ExecutionSignals } from '../runs/ExecutionSignals';
import type { HostEngine } from '../runs/HostEngine';
import { EventQueueChannel } from './EventQueueChannel';
import { redisChannel } from './redisChannel';
import { WakeUps, type WakeUpChannel } from './WakeUps';

/** Wake-ups between the processes of a NocoBase: through the host's event queue and through Redis, where they are there. */
export class HostWakeUps {
  private readonly eventQueue: EventQueueChannel;
  private wakeUps: WakeUps | undefined;

  constructor(
    private readonly plugin: WorkflowPlugin & { readonly channelPendingExecution: string },
    private readonly engine: () => HostEngine,
    signals: ExecutionSignals,
  ) {
    this.eventQueue = new EventQueueChannel(plugin, (task) => signals.accept(task));
  }

  /** To be called while the plugin loads. */
  subscribe(): void {
    this.eventQueue.subscribe();
  }

  /**
   * A short-lived command tells nobody and is told nothing; a process that only answers requests tells the others.
   * @param installedAtMs tells databases of the same name apart that share a Redis
   */
  async open(installedAtMs: number): Promise<void> {
    if (process.env.WORKER_MODE === '-') {
      return;
    }
    const engine = this.engine();
    this.wakeUps = new WakeUps({ log: this.plugin.getLogger('dispatcher'), hasTime: () => engine.hasTime, now: () => Date.now() });
    const channels = [this.eventQueue, await redisChannel(this.plugin, installedAtMs)];
    await this.wakeUps.open(
      channels.filter((channel): channel is WakeUpChannel => channel !== undefined),
      this.plugin.serving() ? () => engine.dispatcher.kick() : undefined,
    );
  }

  announce(): void {
    this.wakeUps?.announce();
  }

  async close(): Promise<void> {
    await this.wakeUps?.close();
    this.wakeUps = undefined;
  }
}
