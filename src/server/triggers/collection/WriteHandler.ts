import { Model } from '@nocobase/database';
import type { Transaction } from 'sequelize';
import { COLLECTION_MODE } from '../../../common/constants';
import type { Id, RunRequest, WorkflowModel, WorkflowPlugin } from '../../contract';
import { findSqlCollection, type SqlCollection } from '../shared/collections';
import { withSavepoint } from '../shared/savepoint';
import { touchesWatchedField } from './changedFields';
import { loadEventData } from './loadEventData';
import { RollbackOnFailureError } from './RollbackOnFailureError';

/** Options that a repository hands to the listeners of its writes. */
export interface WriteOptions {
  transaction?: Transaction | null;
  /** present only when the record is written as part of another one, through an association */
  inputValues?: unknown;
  context?: { skipWorkflow?: boolean; stack?: Id[]; getCurrentLocale?(): string; state?: { currentUser?: { id?: Id } } };
}

/** One write of one record. */
export interface Write {
  mode: (typeof COLLECTION_MODE)[keyof typeof COLLECTION_MODE];
  record: Model;
  options: WriteOptions;
}

type Event = Pick<RunRequest, 'workflow' | 'stack' | 'origin'> & { context: { data: unknown } };

/**
 * Turns writes into runs.
 *
 * On the main data source an asynchronous run is stored in the transaction of the write, so that it exists if and only if
 * the write is committed. On other data sources it is stored as soon as the write is committed.
 */
export class WriteHandler {
  constructor(private readonly plugin: WorkflowPlugin) {}

  async handle(workflow: WorkflowModel, write: Write): Promise<void> {
    const { options } = write;
    if (options.context?.skipWorkflow || !workflow.enabled) {
      return;
    }
    const source = findSqlCollection(workflow.config.collection, this.plugin.app.dataSourceManager);
    if (!source || !isWatched(workflow, write, source)) {
      return;
    }
    const transaction = await this.plugin.useDataSourceTransaction(source.dataSourceName, options.transaction);
    const data = await this.load(workflow, { write, source, transaction });
    if (!data) {
      return;
    }
    const { stack, state } = options.context ?? {};
    const event: Event = { workflow, context: { data }, stack, origin: { userId: state?.currentUser?.id } };
    if (this.plugin.isWorkflowSync(workflow)) {
      await this.runSync(event, { write, source, transaction });
    } else if (!transaction) {
      await this.enqueueLater(event);
    } else if (source.db === this.plugin.app.db) {
      await this.enqueueWithin(event, transaction);
    } else {
      transaction.afterCommit(() => this.enqueueLater(event));
    }
  }

  /** A condition that cannot be evaluated does not fail the write, unless the workflow is there to guard it. */
  private async load(
    workflow: WorkflowModel,
    { write, source, transaction }: { write: Write; source: SqlCollection; transaction?: Transaction },
  ): Promise<unknown> {
    const { mode, record, options } = write;
    const { config } = workflow;
    const load = (): Promise<unknown> =>
      loadEventData(source, {
        data: record,
        config,
        destroyed: mode === COLLECTION_MODE.DESTROY,
        manager: this.plugin.app.dataSourceManager,
        context: options.context,
        transaction,
      });
    const mayFail = Boolean(config.condition) || Boolean(config.appends?.length);
    try {
      return await (mayFail ? withSavepoint(source.db.sequelize, transaction, load) : load());
    } catch (error) {
      const { id } = workflow;
      this.plugin.getLogger(id).error(`record for workflow ${id} could not be checked or loaded`, { error });
      if (this.isGuard(workflow)) {
        throw this.createRollbackError(options);
      }
      return null;
    }
  }

  /** A refused event leaves the write alone. Any other failure has broken its transaction, so the write has to fail too. */
  private async enqueueWithin(event: Event, transaction: Transaction): Promise<void> {
    const { runs } = this.plugin;
    try {
      await runs.enqueue([event], { mode: 'async', transaction });
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'event is not valid') {
        throw error;
      }
      this.plugin.getLogger(event.workflow.id).warn(`workflow ${event.workflow.id} was not triggered`, { error });
      return;
    }
    transaction.afterCommit(() => runs.kick());
  }

  private async enqueueLater(event: Event): Promise<void> {
    try {
      await this.plugin.runs.enqueue([event], { mode: 'async' });
      this.plugin.runs.kick();
    } catch (error) {
      this.plugin.getLogger(event.workflow.id).error(`workflow ${event.workflow.id} was not triggered`, { error });
    }
  }

  /** On SQLite a run cannot write while the transaction is open, so it has to wait for the commit, too late for a rollback. */
  private async runSync(
    event: Event,
    { write, source, transaction }: { write: Write; source: SqlCollection; transaction?: Transaction },
  ): Promise<void> {
    const { workflow } = event;
    if (transaction && source.db.sequelize.getDialect() === 'sqlite') {
      transaction.afterCommit(async () => {
        await this.run(event);
      });
      return;
    }
    if (!this.isGuard(workflow)) {
      await withSavepoint(source.db.sequelize, transaction, () => this.run(event, transaction));
    } else if (!(await this.run(event, transaction))) {
      this.plugin.getLogger(workflow.id).error(`workflow ${workflow.id} failed, the write is rolled back`);
      throw this.createRollbackError(write.options);
    }
  }

  /** @returns whether the run was stored and has not failed so far */
  private async run({ workflow, context, stack, origin }: Event, transaction?: Transaction): Promise<boolean> {
    try {
      const processor = await this.plugin.trigger(workflow, context, { stack, transaction, origin });
      return Boolean(processor) && Number(processor?.execution.status) >= 0;
    } catch (error) {
      this.plugin.getLogger(workflow.id).error(`workflow ${workflow.id} could not be run`, { error });
      return false;
    }
  }

  private isGuard(workflow: WorkflowModel): boolean {
    return Boolean(workflow.config.rollbackOnFailure) && this.plugin.isWorkflowSync(workflow);
  }

  private createRollbackError({ context }: WriteOptions): RollbackOnFailureError {
    const lng = context?.getCurrentLocale?.();
    const message: unknown = this.plugin.t('System process failed, please contact administrator.', { lng });
    return new RollbackOnFailureError(message as string);
  }
}

function isWatched(workflow: WorkflowModel, { mode, record }: Write, { collection }: SqlCollection): boolean {
  if (mode !== COLLECTION_MODE.UPDATE || !(record instanceof Model)) {
    return true;
  }
  const changed = record.changedWithAssociations();
  return touchesWatchedField(workflow.config.changed, Array.isArray(changed) ? changed.map(String) : [], collection);
}
