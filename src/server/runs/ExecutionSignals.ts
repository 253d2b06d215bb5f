import { EXECUTION_STATUS, isLive } from '../../common/status';
import type { ExecutionModel, Id, JobModel, ResumeOptions, WorkflowPlugin } from '../contract';
import { toEngineId } from '../processor/ids';
import { engineTransaction } from '../storage/engineTransaction';
import type { StockTask } from '../wakeUps/EventQueueChannel';
import type { HostEngine } from './HostEngine';

/** What an execution can be told from outside. Each is stored before it counts, so a process that dies forgets none. */
export class ExecutionSignals {
  constructor(
    private readonly plugin: WorkflowPlugin,
    private readonly engine: () => HostEngine,
  ) {}

  /**
   * Stores the answer of a waiting job and lets its execution go on. What a node answers after another process was asked to do
   * its work, because this one had stood still for too long, is dropped: often it says no more than that time was up.
   */
  async resume(job: JobModel, { fromOutside = false }: ResumeOptions = {}): Promise<void> {
    const logger = this.plugin.getLogger('dispatcher');
    if (!job.executionId) {
      logger.warn(`job ${job.id} belongs to no execution and cannot be resumed`);
      return;
    }
    const executionId = toEngineId(job.executionId);
    const { store } = this.engine();
    try {
      await engineTransaction(this.plugin.db.sequelize, async (transaction) => {
        if (!fromOutside && (await store.isTakenOver(executionId, toEngineId(job.id), transaction))) {
          logger.warn(`job ${job.id} is no longer held by this process; what its node answers is dropped`, { executionId });
          return;
        }
        if (job.changed()) {
          await job.save({ transaction });
        }
        await store.addSignal(executionId, { kind: 'resume', jobId: toEngineId(job.id) }, transaction);
      });
    } catch (error) {
      logger.error(`job ${job.id} could not be resumed`, { error });
      throw error;
    }
    this.engine().kick();
  }

  /** Starts an execution that was created as deferred; one that has started is left alone. */
  async start(execution: ExecutionModel | Id): Promise<void> {
    if (typeof execution === 'object') {
      const { status, startedAt } = execution;
      if (!isLive(status) || (status === EXECUTION_STATUS.STARTED && startedAt)) {
        return;
      }
    }
    await this.engine().store.addSignal(idOf(execution), { kind: 'start' });
    this.engine().kick();
  }

  /** Executes a started execution again, from its first node or from `nodeId`. */
  async rerun(execution: ExecutionModel | Id, options: RerunOptions): Promise<void> {
    await this.engine().store.addSignal(idOf(execution), rerunOf(options));
    this.engine().kick();
  }

  /** Stores what the stock plugin had put into the queue before it was replaced; whoever got it looks for work afterwards. */
  async accept({ executionId, jobId, rerun }: StockTask): Promise<void> {
    if (executionId == null) {
      return;
    }
    const { store } = this.engine();
    if (jobId != null) {
      await store.addSignal(toEngineId(executionId), { kind: 'resume', jobId: toEngineId(jobId) });
    } else if (rerun) {
      await store.addSignal(toEngineId(executionId), rerunOf(rerun));
    }
  }
}

interface RerunOptions {
  nodeId?: Id;
  overwrite?: boolean;
}

const idOf = (execution: ExecutionModel | Id) => toEngineId(typeof execution === 'object' ? execution.id : execution);

const rerunOf = ({ nodeId, overwrite }: RerunOptions) => ({
  kind: 'rerun' as const,
  nodeId: nodeId == null ? null : toEngineId(nodeId),
  overwrite: overwrite === true,
});
