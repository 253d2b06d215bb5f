import { Op, QueryTypes, type Transaction, type Transactionable } from 'sequelize';
import type { WorkflowModel, WorkflowPlugin } from '../../contract';
import { passingWith } from '../../engine/faults';
import { engineTransaction } from '../../storage/engineTransaction';

/** A clock that ran ahead by more than this and was put right must not silence a schedule until it is caught up with. */
const CLOCK_TOLERANCE_MS = 60_000;

/** One firing of a schedule. */
export interface Occurrence {
  workflow: WorkflowModel;
  /** executions of the workflow after which it stays quiet; 0 = no limit */
  limit: number;
  /** milliseconds since 1970 */
  at: number;
  /** what fires: the workflow's key, in date-field mode with the record's key */
  subject: string;
  /** unique over all executions */
  eventKey: string;
  context: Record<string, unknown>;
}

/**
 * - `fired`: this process stored the execution
 * - `handled`: another process, another version or an earlier attempt did
 * - `exhausted`: the limit of the workflow is reached
 */
export type FireResult = 'fired' | 'handled' | 'exhausted';

/**
 * The durable side of schedules: which occurrences have been handled, in the table `workflowOccurrences`.
 *
 * An occurrence is handled by moving the instant of its subject forward and inserting the execution, in one transaction.
 * Of any number of processes only one can move it, so each occurrence becomes one execution. The subject carries the
 * workflow's key and not the version's id: a new version does not repeat what the old one has fired.
 */
export class OccurrenceLog {
  constructor(private readonly plugin: WorkflowPlugin) {}

  private get model() {
    return this.plugin.db.getModel('workflowOccurrences');
  }

  /** Instant up to which a subject has been handled, 0 when never. */
  async getLastAt(subject: string): Promise<number> {
    const row = await this.model.findByPk(subject, { raw: true });
    return Number((row as unknown as { lastAt?: string | number } | null)?.lastAt ?? 0);
  }

  /** Turns an occurrence into an execution, unless that has happened already. */
  async fire(occurrence: Occurrence): Promise<FireResult> {
    let result: FireResult;
    try {
      result = await this.inTransaction((transaction) => this.store(occurrence, transaction));
    } catch (error) {
      if (await this.isStored(occurrence.eventKey)) {
        return 'handled';
      }
      throw error;
    }
    if (result === 'fired') {
      this.plugin.runs.kick();
    }
    return result;
  }

  /** Notes that everything of a subject up to an instant has been handled. */
  async advance(workflowKey: string, at: number): Promise<void> {
    await this.inTransaction((transaction) => this.move({ subject: workflowKey, workflowKey, at }, transaction));
  }

  /** Forgets records of a workflow that were last handled before an instant. */
  async prune(workflowKey: string, before: number): Promise<void> {
    const where = { workflowKey, key: { [Op.ne]: workflowKey }, lastAt: { [Op.lt]: before } };
    // In a transaction for the sake of SQLite, where those wait for each other without blocking what others read.
    await this.inTransaction((transaction) => this.model.destroy({ where, transaction, hooks: false }));
  }

  /** Forgets a workflow of which no version is left. */
  async forget(workflowKey: string, { transaction }: Transactionable = {}): Promise<void> {
    const where = { workflowKey };
    const versions = await this.plugin.db.getModel('workflows').count({ where: { key: workflowKey }, transaction });
    if (!versions && (await this.model.count({ where, transaction }))) {
      await this.model.destroy({ where, transaction, hooks: false });
    }
  }

  private async store(occurrence: Occurrence, transaction: Transaction): Promise<FireResult> {
    const { workflow, limit, at, subject, eventKey, context } = occurrence;
    if (limit) {
      await this.lock(workflow.key, transaction);
      if ((await this.countExecuted(workflow.key, transaction)) >= limit) {
        return 'exhausted';
      }
    }
    if (!(await this.move({ subject, workflowKey: workflow.key, at }, transaction))) {
      return 'handled';
    }
    await this.plugin.runs.enqueue([{ workflow, context, eventKey }], { mode: 'async', transaction });
    passingWith('occurrence', transaction);
    return 'fired';
  }

  /** @returns whether the subject stood before `at` */
  private async move(
    { subject, workflowKey, at }: { subject: string; workflowKey: string; at: number },
    transaction: Transaction,
  ): Promise<boolean> {
    const now = Date.now();
    const [moved] = await this.model.update(
      { lastAt: at, updatedAt: now },
      {
        where: { key: subject, lastAt: { [Op.or]: [{ [Op.lt]: at }, { [Op.gt]: now + CLOCK_TOLERANCE_MS }] } },
        transaction,
        hooks: false,
      },
    );
    if (moved > 0) {
      return true;
    }
    if (await this.model.findByPk(subject, { raw: true, transaction })) {
      return false;
    }
    await this.model.create({ key: subject, workflowKey, lastAt: at, updatedAt: now }, { transaction, hooks: false });
    return true;
  }

  /** Holds the workflow's own row until the transaction ends, so that two processes do not both take the last place. */
  private async lock(workflowKey: string, transaction: Transaction): Promise<void> {
    const updatedAt = Date.now();
    const [held] = await this.model.update({ updatedAt }, { where: { key: workflowKey }, transaction, hooks: false });
    if (!held) {
      await this.model.create({ key: workflowKey, workflowKey, lastAt: 0, updatedAt }, { transaction, hooks: false });
    }
  }

  /** Executions of all versions. Those that nobody has taken up are not in the counter yet; one statement sees each of them once. */
  private async countExecuted(workflowKey: string, transaction: Transaction): Promise<number> {
    const { db } = this.plugin;
    const [stats, executions] = ['workflowStats', 'executions'].map((name) => db.getCollection(name).quotedTableName());
    const [key, executed, status, epoch] = ['key', 'executed', 'status', 'epoch'].map((name) => db.quoteIdentifier(name));
    const [row] = await db.sequelize.query<{ total: number | string }>(
      `SELECT COALESCE((SELECT ${executed} FROM ${stats} WHERE ${key} = :workflowKey), 0)
         + (SELECT COUNT(*) FROM ${executions} WHERE ${key} = :workflowKey AND ${status} IS NULL AND ${epoch} = 0) AS total`,
      { type: QueryTypes.SELECT, replacements: { workflowKey }, transaction },
    );
    return Number(row?.total ?? 0);
  }

  private inTransaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return engineTransaction(this.plugin.db.sequelize, work);
  }

  private async isStored(eventKey: string): Promise<boolean> {
    return (await this.plugin.db.getModel('executions').count({ where: { eventKey } })) > 0;
  }
}
