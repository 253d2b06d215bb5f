import type { Id, WorkflowPlugin } from '../contract';
import { toEngineId } from '../processor/ids';
import type { HostEngine } from '../runs/HostEngine';

/** What the stock plugin puts into the queue; ours sends only the id. */
interface Task {
  executionId?: Id;
  jobId?: Id;
  rerun?: { nodeId?: Id; overwrite?: boolean };
}

/**
 * The host's event queue as a wake-up between processes. Messages may be lost or doubled: the rows decide.
 * Tasks that the stock plugin left behind when it was replaced are stored as signals, so that nothing it accepted is lost.
 */
export class EventQueueHints {
  constructor(
    private readonly plugin: WorkflowPlugin & { readonly channelPendingExecution: string },
    private readonly engine: () => HostEngine,
  ) {}

  subscribe(): void {
    this.plugin.app.eventQueue.subscribe(this.plugin.channelPendingExecution, {
      idle: () => this.plugin.serving(),
      process: async (task: Task) => this.take(task),
    });
  }

  /** There is work for this execution: look here, and elsewhere when other processes share the queue. */
  async announce(executionId: Id): Promise<void> {
    this.engine().kick();
    const { eventQueue } = this.plugin.app as unknown as {
      eventQueue: { adapter?: object; isConnected(): boolean; publish(channel: string, task: Task): Promise<void> };
    };
    if (!eventQueue.isConnected() || eventQueue.adapter?.constructor.name === 'MemoryEventQueueAdapter') {
      return;
    }
    try {
      await eventQueue.publish(this.plugin.channelPendingExecution, { executionId });
    } catch (error) {
      this.plugin.getLogger('dispatcher').warn('other processes could not be told of new work; they will find it by themselves', { error });
    }
  }

  private async take({ executionId, jobId, rerun }: Task): Promise<void> {
    if (executionId == null) {
      return;
    }
    const { store } = this.engine();
    if (jobId != null) {
      await store.addSignal(toEngineId(executionId), { kind: 'resume', jobId: toEngineId(jobId) });
    } else if (rerun) {
      await store.addSignal(toEngineId(executionId), {
        kind: 'rerun',
        nodeId: rerun.nodeId == null ? null : toEngineId(rerun.nodeId),
        overwrite: rerun.overwrite === true,
      });
    }
    this.engine().kick();
  }
}
