import type { Transaction } from 'sequelize';
import type { EventOptions, RunRequest, WorkflowModel, WorkflowPlugin } from '../contract';
import type { Processor } from '../processor/Processor';
import type { HostEngine } from './HostEngine';

/** From event to execution: the checks of `plugin.trigger()` and the two ways on. */
export class EventIntake {
  /** events that are being stored */
  private readonly storing = new Set<Promise<unknown>>();
  private readonly eventKeys = new Set<string>();
  ready = false;

  constructor(
    private readonly plugin: WorkflowPlugin,
    private readonly engine: () => HostEngine,
  ) {}

  get pendingCount(): number {
    return this.storing.size;
  }

  /**
   * Turns an event into an execution.
   * @returns for synchronous and manual events the processor, after the run; else when the execution is stored.
   *   Never rejects: what goes wrong is logged and told to `options.onTriggerFail`.
   */
  trigger(workflow: WorkflowModel, context: unknown, options: EventOptions = {}): void | Promise<Processor | null | void> {
    const logger = this.plugin.getLogger(workflow.id);
    if (!this.ready) {
      logger.warn(`app is not ready, event of workflow ${workflow.id} will be ignored`);
      return this.fail(workflow, context, options, new Error('app is not ready'));
    }
    if (!options.force && !options.manually && !workflow.enabled) {
      logger.warn(`workflow ${workflow.id} is not enabled, event will be ignored`);
      return;
    }
    if (options.eventKey && this.eventKeys.has(options.eventKey)) {
      logger.warn(`event ${options.eventKey} of workflow ${workflow.id} is already being stored, event will be ignored`);
      return;
    }
    if (context == null) {
      logger.warn(`context of the event of workflow ${workflow.id} is null, event will be ignored`);
      return this.fail(workflow, context, options, new Error('event context is null'));
    }
    const work: Promise<Processor | null | void> =
      options.manually || this.plugin.isWorkflowSync(workflow)
        ? this.runNow(workflow, context, options)
        : this.store(workflow, context, options);
    return this.track(work, options.eventKey);
  }

  /** Resolves when every event that was accepted has its row. */
  async drain(): Promise<void> {
    while (this.storing.size > 0) {
      await Promise.allSettled([...this.storing]);
    }
  }

  private async store(workflow: WorkflowModel, context: unknown, options: EventOptions): Promise<void> {
    const transaction = this.mainTransaction(options.transaction);
    const { transaction: _transaction, ...rest } = options;
    try {
      await this.engine().enqueue([toRequest(workflow, context, options)], {
        mode: 'async',
        transaction,
        deferred: options.deferred === true,
      });
    } catch (error) {
      this.plugin.getLogger(workflow.id).error(`event of workflow ${workflow.id} could not be stored`, { error });
      await this.fail(workflow, context, rest, error as Error);
      return;
    }
    if (transaction) {
      transaction.afterCommit(() => this.engine().kick());
    } else {
      this.engine().kick();
    }
  }

  private async runNow(workflow: WorkflowModel, context: unknown, options: EventOptions): Promise<Processor | null> {
    const engine = this.engine();
    try {
      const request = toRequest(workflow, context, options);
      const run = options.transaction
        ? await engine.enqueueBound(request)
        : (await engine.enqueue([request], { mode: 'inline' }))[0];
      return run ? await engine.runInline(run, options) : null;
    } catch (error) {
      this.plugin.getLogger(workflow.id).error(`synchronous run of workflow ${workflow.id} failed`, { error });
      await this.fail(workflow, context, options, error as Error);
      return null;
    }
  }

  private async track<T>(work: Promise<T>, eventKey: string | undefined): Promise<T> {
    this.storing.add(work);
    if (eventKey) {
      this.eventKeys.add(eventKey);
    }
    try {
      return await work;
    } finally {
      this.storing.delete(work);
      if (eventKey) {
        this.eventKeys.delete(eventKey);
      }
    }
  }

  /** Only a transaction of the main data source can hold the execution. */
  private mainTransaction(transaction: Transaction | null | undefined): Transaction | null {
    const { sequelize } = (transaction ?? {}) as { sequelize?: unknown };
    return transaction && sequelize === this.plugin.db.sequelize ? transaction : null;
  }

  private async fail(workflow: WorkflowModel, context: unknown, options: EventOptions, error: Error): Promise<void> {
    try {
      await options.onTriggerFail?.(workflow, context, options, error);
    } catch (failure) {
      this.plugin.getLogger(workflow.id).error('onTriggerFail threw', { error: failure });
    }
  }
}

function toRequest(workflow: WorkflowModel, context: unknown, options: EventOptions): RunRequest {
  const { eventKey, stack, parentExecutionId, manually, origin } = options;
  return { workflow, context, eventKey, stack, parentExecutionId, manually, origin };
}
