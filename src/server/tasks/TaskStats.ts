import type { Transaction, Transactionable } from 'sequelize';
import type { Id, RepairTaskStatsOptions, TaskStatsProvider, TaskStatsRow, WorkflowPlugin } from '../contract';

/** Numbers of tasks. */
export interface TaskNumbers {
  pending: number;
  all: number;
}

interface UserType {
  userId: Id;
  type: string;
}

const INSERT_BATCH = 1000;

/**
 * Numbers of to-dos. `userWorkflowTaskStats` (user × workflow × type) is the source; `userWorkflowTasks`
 * (user × type) holds its sums for the badge of the client. Changes are told to the user over the web socket.
 */
export class TaskStats {
  private readonly providers = new Map<string, TaskStatsProvider>();

  constructor(private readonly plugin: WorkflowPlugin) {}

  /** A task type that can count its tasks afresh. */
  registerProvider(type: string, provider: TaskStatsProvider): void {
    this.providers.set(type, provider);
  }

  /** Sets the numbers of one user, workflow and type, and the sums that depend on them. */
  async updateByWorkflow(
    { userId, workflowKey, type, stats }: UserType & { workflowKey: string; stats: TaskNumbers },
    { transaction }: Transactionable = {},
  ): Promise<void> {
    await this.plugin.db
      .getModel('userWorkflowTaskStats')
      .bulkCreate([{ userId, workflowKey, type, ...toNumbers(stats) }], {
        updateOnDuplicate: ['pending', 'all', 'updatedAt'],
        conflictAttributes: ['userId', 'workflowKey', 'type'],
        transaction,
      });
    await this.refreshType(userId, type, { transaction });
    await this.refreshWorkflow(userId, workflowKey, { transaction });
  }

  /**
   * Writes the sums of one user and type.
   * @deprecated for extensions from before there were numbers per workflow
   */
  async updateLegacy(
    userId: Id,
    type: string,
    stats: Partial<TaskNumbers>,
    { transaction }: Transactionable = {},
  ): Promise<void> {
    await this.store(userId, type, stats, transaction);
    const row = await this.plugin.db.getModel('userWorkflowTasks').findOne({ where: { userId, type }, transaction });
    this.tell(userId, 'workflow:tasks:updated', row!.toJSON(), transaction);
  }

  /** Sums up all workflows of one user and type, stores and returns the sum. */
  async refreshType(userId: Id, type: string, { transaction }: Transactionable = {}): Promise<TaskNumbers> {
    const stats = await this.sum({ userId, type }, transaction);
    await this.updateLegacy(userId, type, stats, { transaction });
    return stats;
  }

  /** Sums up all types of one user and workflow and tells the user. */
  async refreshWorkflow(userId: Id, workflowKey: string, { transaction }: Transactionable = {}): Promise<TaskNumbers> {
    const stats = await this.sum({ userId, workflowKey }, transaction);
    this.tell(userId, 'workflow:taskWorkflowStats:updated', { userId, workflowKey, stats }, transaction);
    return stats;
  }

  /** Ids of all versions of a workflow. */
  async getWorkflowIdsByKey(key: string, transaction?: Transaction): Promise<Id[]> {
    const rows = await this.plugin.db.getRepository('workflows').find({ filter: { key }, fields: ['id'], transaction });
    return rows.map(({ id }: { id: Id }) => id);
  }

  /** Replaces the selected numbers by what the providers of the types count. */
  async repair(options: RepairTaskStatsOptions): Promise<void> {
    if (options.transaction) {
      return this.repairWithin(options, options.transaction);
    }
    await this.plugin.db.sequelize.transaction((transaction) => this.repairWithin(options, transaction));
  }

  private async repairWithin(options: RepairTaskStatsOptions, transaction: Transaction): Promise<void> {
    const { userIds, workflowKeys, silent } = options;
    const types = (options.types ?? [...this.providers.keys()]).filter((type) => this.providers.has(type));
    const counted: TaskStatsRow[] = [];
    for (const type of types) {
      const rows = await this.providers
        .get(type)!
        .collectTaskStats({ ...options, transaction }, { plugin: this.plugin });
      counted.push(...rows.filter((row) => isSelected(row, { ...options, types: [type] })));
    }
    const filter = {
      type: types,
      ...(userIds ? { userId: userIds } : {}),
      ...(workflowKeys ? { workflowKey: workflowKeys } : {}),
    };
    const { db } = this.plugin;
    const fine = db.getModel('userWorkflowTaskStats');
    const replaced = (await fine.findAll({ where: filter, raw: true, transaction })) as unknown as TaskStatsRow[];
    await fine.destroy({ where: filter, transaction });
    const rows = counted.map(({ userId, workflowKey, type, ...stats }) => ({
      userId,
      workflowKey,
      type,
      ...toNumbers(stats),
    }));
    for (let start = 0; start < rows.length; start += INSERT_BATCH) {
      await fine.bulkCreate(rows.slice(start, start + INSERT_BATCH), { returning: false, transaction });
    }
    const legacy = (await db.getModel('userWorkflowTasks').findAll({
      attributes: ['userId', 'type'],
      where: { type: types, ...(userIds ? { userId: userIds } : {}) },
      raw: true,
      transaction,
    })) as unknown as UserType[];
    const explicit = (userIds ?? []).flatMap((userId) => types.map((type) => ({ userId, type })));
    await this.replaceSums(distinct([...explicit, ...legacy, ...replaced, ...counted], pairKey), transaction, silent);
    if (!silent) {
      for (const { userId, workflowKey } of distinct(
        [...replaced, ...counted],
        (row) => `${row.userId}/${row.workflowKey}`,
      )) {
        await this.refreshWorkflow(userId, workflowKey, { transaction });
      }
    }
  }

  private async replaceSums(pairs: UserType[], transaction: Transaction, silent?: boolean): Promise<void> {
    for (const { userId, type } of pairs) {
      if (silent) {
        await this.store(userId, type, await this.sum({ userId, type }, transaction), transaction);
      } else {
        await this.refreshType(userId, type, { transaction });
      }
    }
  }

  private async store(
    userId: Id,
    type: string,
    stats: Partial<TaskNumbers>,
    transaction?: Transaction | null,
  ): Promise<void> {
    await this.plugin.db.getModel('userWorkflowTasks').bulkCreate([{ userId, type, stats }], {
      updateOnDuplicate: ['stats', 'updatedAt'],
      conflictAttributes: ['userId', 'type'],
      transaction,
    });
  }

  private async sum(
    where: { userId: Id; type?: string; workflowKey?: string },
    transaction?: Transaction | null,
  ): Promise<TaskNumbers> {
    const rows = (await this.plugin.db
      .getModel('userWorkflowTaskStats')
      .findAll({ attributes: ['pending', 'all'], where, raw: true, transaction })) as unknown as TaskNumbers[];
    return rows.reduce((total, row) => ({ pending: total.pending + row.pending, all: total.all + row.all }), {
      pending: 0,
      all: 0,
    });
  }

  /** Tells one user, once what it is about is committed. */
  private tell(userId: Id, type: string, payload: object, transaction?: Transaction | null): void {
    if (!userId) {
      return;
    }
    const send = () => void this.plugin.app.emit('ws:sendToUser', { userId, message: { type, payload } });
    if (transaction) {
      transaction.afterCommit(send);
    } else {
      send();
    }
  }
}

function toNumbers({ pending, all }: Partial<TaskNumbers>): TaskNumbers {
  return { pending: Number(pending) || 0, all: Number(all) || 0 };
}

function isSelected(row: TaskStatsRow, { userIds, workflowKeys, types }: RepairTaskStatsOptions): boolean {
  return (
    (!userIds || userIds.map(String).includes(String(row.userId))) &&
    (!workflowKeys || workflowKeys.includes(row.workflowKey)) &&
    (!types || types.includes(row.type))
  );
}

function pairKey({ userId, type }: UserType): string {
  return `${userId}/${type}`;
}

function distinct<T>(items: T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
