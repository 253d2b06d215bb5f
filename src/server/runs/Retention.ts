import { Op, type WhereOptions } from 'sequelize';
import type { Id, RetentionOptions, WorkflowModel, WorkflowPlugin } from '../contract';
import { passing } from '../engine/faults';

const DAY_MS = 24 * 60 * 60 * 1000;
const SWEEP_EVERY_MS = 10 * 60 * 1000;
const FIRST_SWEEP_MS = 60 * 1000;
/** Rows of one transaction: as many as are deleted in this time, so that nobody waits for it, on SQLite neither. */
const TRANSACTION_MS = 50;
const ROWS = { first: 20, most: 200 };
/** Executions of one workflow in one sweep, so that a backlog of one does not hold up the others. */
const MAX_DELETED = 10_000;
const PAUSE_MS = 20;
/** While somebody waits for an answer, the pause is so many times as long as the transaction before it. */
const PAUSE_FOR_REQUESTS = 3;
/** A transaction that waited for a lock took longer than it cost. */
const MAX_PAUSE_MS = 1_000;

/**
 * Deletes executions that nobody needs any more, with their jobs: those of a workflow that are older than so many days,
 * and those beyond its newest so many. Only what has ended, in short transactions, through the hooks that let extensions
 * delete what belongs to them.
 */
export class Retention {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<unknown> | undefined;
  private stopped = true;
  /** rows of the next transaction */
  private rows = ROWS.first;

  constructor(
    private readonly plugin: WorkflowPlugin,
    /** how busy this process is with requests */
    private readonly load: { readonly isAnswering: boolean },
  ) {}

  start(): void {
    this.stopped = false;
    this.plan(FIRST_SWEEP_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.sweeping;
  }

  /** Looks through all workflows once. @returns how many executions were deleted */
  async sweep(now = Date.now()): Promise<number> {
    const byDefault = defaultRetention(process.env);
    const workflows = (await this.plugin.db
      .getModel('workflows')
      .findAll({ attributes: ['key', 'options'], where: { current: true } })) as unknown as WorkflowModel[];
    let deleted = 0;
    for (const { key, options } of workflows) {
      const rule = options?.retention ?? byDefault;
      if (rule) {
        deleted += await this.sweepWorkflow(key, rule, now);
      }
    }
    return deleted;
  }

  private async sweepWorkflow(key: string, { days, count, statuses }: RetentionOptions, now: number): Promise<number> {
    const ended: WhereOptions = { key, status: statuses?.length ? { [Op.in]: statuses.filter(Boolean) } : { [Op.ne]: 0 } };
    let deleted = 0;
    if (days) {
      deleted += await this.deleteAll({ ...ended, createdAt: { [Op.lt]: new Date(now - days * DAY_MS) } });
    }
    if (count) {
      const [last] = await this.find(ended, { limit: 1, offset: count, newestFirst: true });
      deleted += last === undefined ? 0 : await this.deleteAll({ ...ended, id: { [Op.lte]: last } });
    }
    return deleted;
  }

  private async deleteAll(where: WhereOptions): Promise<number> {
    let deleted = 0;
    while (deleted < MAX_DELETED && !this.stopped) {
      const ids = await this.find(where, { limit: this.rows });
      if (ids.length === 0 || !(await this.deleteJobs(ids))) {
        break;
      }
      deleted += await this.destroy('executions', ids);
    }
    return deleted;
  }

  /** An execution may have any number of jobs, so they do not go with it in one transaction. @returns whether none is left */
  private async deleteJobs(executionIds: Id[]): Promise<boolean> {
    while (!this.stopped) {
      const jobs = (await this.plugin.db
        .getModel('jobs')
        .findAll({ attributes: ['id'], where: { executionId: executionIds }, limit: this.rows, raw: true })) as unknown as Array<{ id: Id }>;
      if (jobs.length === 0) {
        return true;
      }
      await this.destroy('jobs', jobs.map(({ id }) => id));
    }
    return false;
  }

  /** One transaction; the next one gets as many rows as fit its time. */
  private async destroy(collection: 'executions' | 'jobs', ids: Id[]): Promise<number> {
    const startedAt = performance.now();
    const repository = this.plugin.db.getRepository(collection);
    const deleted = await passing<number>('retention', () => repository.destroy({ filterByTk: ids }));
    const elapsedMs = performance.now() - startedAt;
    const fitting = (ids.length * TRANSACTION_MS) / Math.max(1, elapsedMs);
    this.rows = Math.round(Math.min(ROWS.most, Math.max(1, fitting, this.rows / 2), this.rows * 2));
    await new Promise((resolve) => setTimeout(resolve, pauseAfter(elapsedMs, this.load.isAnswering)));
    return deleted;
  }

  private async find(
    where: WhereOptions,
    { limit, offset = 0, newestFirst = false }: { limit: number; offset?: number; newestFirst?: boolean },
  ): Promise<Id[]> {
    const rows = (await this.plugin.db.getModel('executions').findAll({
      attributes: ['id'],
      where,
      order: [['id', newestFirst ? 'DESC' : 'ASC']],
      limit,
      offset,
      raw: true,
    })) as unknown as Array<{ id: Id }>;
    return rows.map(({ id }) => id);
  }

  private plan(delayMs: number): void {
    this.timer = setTimeout(() => {
      this.sweeping = this.sweep()
        .catch((error: unknown) => this.plugin.getLogger('dispatcher').error('old executions could not be deleted', { error }))
        .finally(() => !this.stopped && this.plan(SWEEP_EVERY_MS));
    }, delayMs);
    this.timer.unref();
  }
}

/** How long the process is left to others after a transaction that took so long, in ms. */
export function pauseAfter(elapsedMs: number, isAnswering: boolean): number {
  return Math.min(MAX_PAUSE_MS, Math.max(PAUSE_MS, isAnswering ? PAUSE_FOR_REQUESTS * elapsedMs : 0));
}

/** What applies to workflows without a rule of their own; null: everything is kept. */
export function defaultRetention(env: Record<string, string | undefined>): RetentionOptions | null {
  const { WORKFLOW_RETENTION_DAYS: days, WORKFLOW_RETENTION_COUNT: count, WORKFLOW_RETENTION_STATUSES: statuses } = env;
  const positive = (text: string | undefined) => (Number(text) > 0 ? Number(text) : undefined);
  const rule: RetentionOptions = {
    days: positive(days),
    count: positive(count),
    statuses: statuses?.split(',').map(Number).filter((status) => Number.isInteger(status) && status !== 0),
  };
  return rule.days || rule.count ? rule : null;
}

/**
 * Lets executions be deleted while this process works off executions, as other workers do, too: it does no harm.
 * The event `workflow:sweep` asks for it at once.
 */
export function registerRetention(plugin: WorkflowPlugin, load: { readonly isAnswering: boolean }): Retention {
  const retention = new Retention(plugin, load);
  plugin.app.on('afterStart', () => plugin.serving() && retention.start());
  plugin.app.on('beforeStop', () => retention.stop());
  plugin.app.on('workflow:sweep', () => retention.sweep());
  return retention;
}
