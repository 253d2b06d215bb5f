import type { Context, Next } from '@nocobase/actions';
import { col, fn, Op, QueryTypes } from 'sequelize';
import type { Id, WorkflowModel, WorkflowPlugin } from '../contract';
import { executionIdAt } from '../storage/ids';
import { SqlWriter } from '../storage/statement';
import { InputError } from './errors';
import { isAbsent, requireSelection } from './input';
import { refuse } from './refuse';

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_KEYS = 500;

interface Activity {
  /** executions that were triggered in the last 24 hours */
  lastDay: number;
  /** those of them that ended without success */
  failedLastDay: number;
  lastRun: { id: Id; status: number | null; at: Date } | null;
}

interface Counted {
  key: string;
  count: number | string;
}

/** Actions that tell about workflows without changing them: `overview`, `versions`, `impact`. */
export function createOverviewActions(plugin: WorkflowPlugin) {
  const { db } = plugin;

  /** What happened lately, by key of the workflow; four queries, however many workflows are asked for. */
  async function overview(ctx: Context, next: Next): Promise<void> {
    const keys = parseKeys(ctx.action.params.keys) ?? (await currentKeys());
    const since = executionIdAt(Date.now() - DAY_MS);
    const [lastDay, failed, lastRuns] = await Promise.all([
      countSince(keys, since),
      countSince(keys, since, { status: { [Op.lt]: 0 } }),
      loadLastRuns(keys),
    ]);
    ctx.body = Object.fromEntries(
      keys.map((key): [string, Activity] => [
        key,
        { lastDay: lastDay.get(key) ?? 0, failedLastDay: failed.get(key) ?? 0, lastRun: lastRuns.get(key) ?? null },
      ]),
    );
    await next();
  }

  async function currentKeys(): Promise<string[]> {
    const rows = (await db
      .getModel('workflows')
      .findAll({ attributes: ['key'], where: { current: true }, limit: MAX_KEYS, raw: true })) as unknown as Array<{ key: string }>;
    return rows.map(({ key }) => key);
  }

  async function countSince(keys: string[], id: string, where: object = {}): Promise<Map<string, number>> {
    const rows = (await db.getModel('executions').findAll({
      attributes: ['key', [fn('COUNT', col('id')), 'count']],
      where: { key: keys, id: { [Op.gte]: id }, ...where },
      group: ['key'],
      raw: true,
    })) as unknown as Counted[];
    return new Map(rows.map(({ key, count }) => [key, Number(count)]));
  }

  async function loadLastRuns(keys: string[]): Promise<Map<string, Activity['lastRun']>> {
    if (keys.length === 0) {
      return new Map();
    }
    const list = keys.map((key) => db.sequelize.escape(key)).join(', ');
    // for each workflow the end of an index: a GROUP BY would read all of its executions
    const { text } = new SqlWriter(db).statement(
      'last_runs',
      `SELECT (SELECT MAX(e.#id) FROM @executions e WHERE e.#key = w.#key) AS #id FROM @workflows w WHERE w.#current = ${
        db.sequelize.getDialect() === 'postgres' ? 'true' : '1'
      } AND w.#key IN (KEYS)`,
    );
    const found = await db.sequelize.query<{ id: Id | null }>(text.replace('KEYS', () => list), { type: QueryTypes.SELECT });
    const ids = found.flatMap(({ id }) => (id === null ? [] : [id]));
    const rows = (await db.getModel('executions').findAll({
      attributes: ['id', 'key', 'status', 'createdAt'],
      where: { id: ids },
      raw: true,
    })) as unknown as Array<{ id: Id; key: string; status: number | null; createdAt: Date }>;
    return new Map(rows.map(({ id, key, status, createdAt }) => [key, { id, status, at: createdAt }]));
  }

  /** All versions of a workflow, the latest first. */
  async function versions(ctx: Context, next: Next): Promise<void> {
    const key = await findKey(ctx);
    const rows = (await db.getRepository('workflows').find({
      filter: { key },
      fields: ['id', 'key', 'title', 'versionName', 'enabled', 'current', 'createdAt', 'updatedAt', 'createdById', 'updatedById'],
      appends: ['versionStats'],
      sort: 'id',
    })) as unknown as WorkflowModel[];
    const people = await loadPeople(rows);
    ctx.body = rows
      .map((row, index) => {
        const { versionStats, ...version } = row.toJSON<{ versionStats?: { executed?: number | string } | null }>();
        return {
          ...version,
          number: index + 1,
          executed: Number(versionStats?.executed ?? 0),
          createdBy: people.get(String(row.get('createdById'))) ?? null,
          updatedBy: people.get(String(row.get('updatedById'))) ?? null,
        };
      })
      .reverse();
    await next();
  }

  async function loadPeople(rows: WorkflowModel[]): Promise<Map<string, object>> {
    const ids = rows.flatMap((row) => [row.get('createdById'), row.get('updatedById')]).filter((id) => id != null) as Id[];
    if (ids.length === 0 || !db.hasCollection('users')) {
      return new Map();
    }
    const users = await db.getModel('users').findAll({ attributes: ['id', 'nickname', 'username'], where: { id: ids }, raw: true });
    return new Map(users.map((user) => [String((user as unknown as { id: Id }).id), user]));
  }

  /** By key, or by the id of any of its versions. */
  async function findKey(ctx: Context): Promise<string> {
    const { key } = ctx.action.params;
    if (typeof key === 'string' && key) {
      return key;
    }
    const { filterByTk: id } = requireSelection(ctx);
    const workflow: WorkflowModel | null = id?.length
      ? await db.getRepository('workflows').findOne({ filterByTk: id[0], fields: ['key'] })
      : null;
    return workflow?.key ?? refuse(ctx, 404, 'workflow not found');
  }

  /** What would go when these versions are deleted, and what it would leave behind. */
  async function impact(ctx: Context, next: Next): Promise<void> {
    const selection = requireSelection(ctx);
    const selected = (await db
      .getRepository('workflows')
      .find({ ...selection, fields: ['id', 'key', 'current'] })) as unknown as WorkflowModel[];
    const wholeKeys = selected.filter(({ current }) => current).map(({ key }) => key);
    const others = wholeKeys.length
      ? ((await db.getRepository('workflows').find({ filter: { key: wholeKeys }, fields: ['id'] })) as unknown as WorkflowModel[])
      : [];
    const ids = [...new Map([...selected, ...others].map(({ id }) => [String(id), id])).values()];
    const keys = [...new Set(selected.map(({ key }) => key))];
    const workflowId = ids;
    const live = { [Op.or]: [{ status: null }, { status: 0 }] };
    const [nodes, unfinished, executed, tasks] = await Promise.all([
      db.getModel('flow_nodes').count({ where: { workflowId } }),
      db.getModel('executions').count({ where: { workflowId, ...live } }),
      db.getModel('workflowVersionStats').sum('executed', { where: { id: ids } }),
      db.getModel('userWorkflowTaskStats').sum('pending', { where: { workflowKey: keys } }),
    ]);
    ctx.body = {
      workflows: wholeKeys.length,
      versions: ids.length,
      nodes,
      executions: Number(executed ?? 0),
      unfinished,
      tasks: Number(tasks ?? 0),
    };
    await next();
  }

  return { overview, versions, impact };
}

/** @throws InputError */
function parseKeys(value: unknown): string[] | null {
  if (isAbsent(value)) {
    return null;
  }
  const keys = [value].flat().flatMap((item) => (typeof item === 'string' ? item.split(',') : [item]));
  if (keys.length > MAX_KEYS || !keys.every((key): key is string => typeof key === 'string' && key !== '')) {
    throw new InputError({ keys: `"keys" must be a list of at most ${MAX_KEYS} keys of workflows` });
  }
  return [...new Set(keys)];
}
