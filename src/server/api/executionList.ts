import actions, { type Context, type Next } from '@nocobase/actions';
import type { Filter, Model } from '@nocobase/database';
import { QueryTypes, type WhereOptions } from 'sequelize';
import type { ExecutionModel, Id, WorkflowModel, WorkflowPlugin } from '../contract';
import { executionIdAt } from '../storage/ids';
import { dialectOf } from '../storage/statement';
import { InputError } from './errors';
import { isAbsent } from './input';

/** Up to here rows are counted, above it the database's own estimate is good enough. */
const MAX_COUNTED = 10_000;
const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 200;

/**
 * Action `executions:list`. With `count=estimate` it stays fast however many rows there are, and each row tells also
 * who and which record it was about; without it, it is the host's default action.
 */
export function createExecutionListAction(plugin: WorkflowPlugin) {
  const { db } = plugin;

  async function list(ctx: Context, next: Next): Promise<void> {
    const { count } = ctx.action.params;
    if (isAbsent(count)) {
      return actions.list(ctx, next);
    }
    if (count !== 'estimate') {
      throw new InputError({ count: '"count" must be "estimate"' });
    }
    ctx.body = await estimatedPage(ctx);
    await next();
  }

  async function estimatedPage(ctx: Context) {
    const { sort, fields, except, appends } = ctx.action.params;
    const filter = withKeyBound(ctx.action.params.filter);
    const page = positive(ctx.action.params.page, 'page') ?? 1;
    const pageSize = Math.min(positive(ctx.action.params.pageSize, 'pageSize') ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
    const repository = db.getRepository('executions');
    // Keys first: skipping rows of an index costs little, skipping whole rows with their contexts a lot.
    const found = await findKeys(filter, sort, { limit: pageSize + 1, offset: (page - 1) * pageSize });
    const ids = found.slice(0, pageSize).map(({ id }) => id);
    const rows: ExecutionModel[] = ids.length
      ? await repository.find({ filter: { id: ids }, sort: sort ?? ['-id'], fields, except, appends, context: ctx })
      : [];
    const hasNext = found.length > pageSize;
    const known = (page - 1) * pageSize + ids.length;
    const counted = hasNext || ids.length === 0 ? await countRows(filter) : { count: known, estimated: false };
    const count = Math.max(counted.count, known + (hasNext ? 1 : 0));
    return {
      rows: await describe(rows),
      count,
      estimated: counted.estimated,
      page,
      pageSize,
      totalPage: Math.ceil(count / pageSize),
      hasNext,
    };
  }

  /** By key they are found along an index; the host's own order ("NULLS LAST") would have PostgreSQL sort all rows. */
  async function findKeys(filter: Filter | undefined, sort: unknown, range: { limit: number; offset: number }): Promise<ExecutionModel[]> {
    const repository = db.getRepository('executions');
    const [only = '-id', ...others] = [sort ?? '-id'].flat() as string[];
    const byKey = others.length === 0 ? /^(-?)id$/.exec(only) : null;
    const { where, include } = conditionsOf(filter);
    if (!byKey || include?.length) {
      return repository.find({ filter, sort: (sort ?? ['-id']) as string[], fields: ['id'], ...range });
    }
    const order: [string, string][] = [['id', byKey[1] ? 'DESC' : 'ASC']];
    return (await db.getModel('executions').findAll({ attributes: ['id'], where, order, ...range })) as unknown as ExecutionModel[];
  }

  function conditionsOf(filter: Filter | undefined): { where?: WhereOptions; include?: unknown[] } {
    const repository = db.getRepository('executions') as unknown as {
      buildQueryOptions(options: object): { where?: WhereOptions; include?: unknown[] };
    };
    return repository.buildQueryOptions({ filter: filter ?? {} });
  }

  /** Exact up to {@link MAX_COUNTED}; above it what the planner expects. */
  async function countRows(filter: Filter | undefined): Promise<{ count: number; estimated: boolean }> {
    const repository = db.getRepository('executions');
    const expected = await plannedRows(filter);
    if (expected !== null && expected > MAX_COUNTED) {
      return { count: expected, estimated: true };
    }
    return { count: await repository.count({ filter }), estimated: false };
  }

  /** How many rows the planner expects; null where it cannot be asked. */
  async function plannedRows(filter: Filter | undefined): Promise<number | null> {
    const dialect = dialectOf(db);
    const { where, include } = conditionsOf(filter);
    if (dialect === 'sqlite' || include?.length) {
      return null;
    }
    const model = db.getModel('executions');
    const { queryGenerator } = db.sequelize.getQueryInterface() as unknown as {
      queryGenerator: { selectQuery(table: unknown, options: object, model: unknown): string };
    };
    const select = queryGenerator.selectQuery(model.getTableName(), { attributes: ['id'], where }, model).replace(/;$/, '');
    if (dialect === 'postgres') {
      const [row] = await db.sequelize.query<{ 'QUERY PLAN': PostgresPlan[] | string }>(`EXPLAIN (FORMAT JSON) ${select}`, {
        type: QueryTypes.SELECT,
      });
      const plan = row?.['QUERY PLAN'];
      const [root] = (typeof plan === 'string' ? JSON.parse(plan) : (plan ?? [])) as PostgresPlan[];
      return root ? Math.round(root.Plan['Plan Rows']) : null;
    }
    const [row] = await db.sequelize.query<{ rows?: string | number; filtered?: string | number }>(`EXPLAIN EXTENDED ${select}`, {
      type: QueryTypes.SELECT,
    });
    return row?.rows === undefined ? null : Math.round((Number(row.rows) * Number(row.filtered ?? 100)) / 100);
  }

  /** Adds what a line of a list shows and the row does not hold itself: a few queries for the page, none per row. */
  async function describe(rows: ExecutionModel[]): Promise<object[]> {
    const [users, versions] = await Promise.all([loadUsers(rows), loadVersions(rows)]);
    return rows.map((row) => {
      const version = versions.get(String(row.workflowId));
      return {
        ...row.toJSON<object>(),
        user: users.get(String(row.userId)) ?? null,
        record: row.recordKey == null ? null : { collection: version?.collection ?? null, id: row.recordKey },
        versionNumber: version?.number ?? null,
        workflow: version ? version.summary : null,
      };
    });
  }

  async function loadUsers(rows: ExecutionModel[]): Promise<Map<string, object>> {
    const ids = [...new Set(rows.flatMap(({ userId }) => (userId == null ? [] : [String(userId)])))];
    if (ids.length === 0 || !db.hasCollection('users')) {
      return new Map();
    }
    const users = await db
      .getModel('users')
      .findAll({ attributes: ['id', 'nickname', 'username'], where: { id: ids }, raw: true });
    return new Map(users.map((user) => [String((user as unknown as { id: Id }).id), user]));
  }

  async function loadVersions(rows: ExecutionModel[]): Promise<Map<string, VersionLine>> {
    const keys = [...new Set(rows.map(({ key }) => key).filter(Boolean))];
    const versions = (await db.getModel('workflows').findAll({
      attributes: ['id', 'key', 'title', 'type', 'current', 'enabled', 'config'],
      where: { key: keys },
      order: [['id', 'ASC']],
    })) as unknown as WorkflowModel[];
    return numberVersions(versions);
  }

  return { list };
}

/** Ids hold the second at which they were made; clocks of processes and of the database differ by less than this. */
const CLOCKS_MS = 24 * 60 * 60 * 1000;

/**
 * "Before this time" in terms of the primary key as well, so that the newer rows need not be read to find the older ones.
 * Ids from before the host made them of the time are smaller anyway.
 */
function withKeyBound(filter: Filter | undefined): Filter | undefined {
  const { $and } = Object(filter) as { $and?: unknown };
  const conditions: unknown[] = [filter, ...(Array.isArray($and) ? ($and as unknown[]) : [])];
  const limits = conditions.flatMap((condition) => {
    const { createdAt } = Object(condition) as { createdAt?: { $lt?: unknown; $lte?: unknown } };
    return [createdAt?.$lt, createdAt?.$lte].map((at) => new Date(at as string).getTime());
  });
  const until = Math.min(...limits.filter((ms) => !Number.isNaN(ms)));
  return Number.isFinite(until) ? { $and: [filter!, { id: { $lt: executionIdAt(until + CLOCKS_MS) } }] } : filter;
}

interface PostgresPlan {
  Plan: { 'Plan Rows': number };
}

interface VersionLine {
  /** 1 for the first version of its workflow */
  number: number;
  collection: string | null;
  summary: object;
}

/** @param versions whole workflows, oldest version first */
function numberVersions(versions: Array<WorkflowModel & Model>): Map<string, VersionLine> {
  const counts = new Map<string, number>();
  return new Map(
    versions.map(({ id, key, title, type, current, enabled, config }) => {
      const number = (counts.get(key) ?? 0) + 1;
      counts.set(key, number);
      const collection: unknown = config?.collection;
      return [
        String(id),
        {
          number,
          collection: typeof collection === 'string' ? collection : null,
          summary: { id, key, title, type, current, enabled },
        },
      ];
    }),
  );
}

/** @throws InputError */
function positive(value: unknown, name: string): number | null {
  if (isAbsent(value)) {
    return null;
  }
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 2 ** 31 - 1) {
    throw new InputError({ [name]: `"${name}" must be an integer from 1 to ${2 ** 31 - 1}` });
  }
  return number;
}
