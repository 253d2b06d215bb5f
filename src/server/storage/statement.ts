import type { Database } from '@nocobase/database';

/** Dialects with SQL of their own; MySQL and MariaDB share one. */
export type DialectName = 'postgres' | 'mysql' | 'sqlite';

/** SQL text as the driver wants it, and which named value goes into which place. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly order: readonly string[];
}

const TABLES = [
  'executions',
  'jobs',
  'flow_nodes',
  'workflows',
  'workflowSignals',
  'workflowStats',
  'workflowVersionStats',
  'workflowOccurrences',
  'workflowProcesses',
  'workflowCategories',
  'workflowCategoryRelations',
  'userWorkflowTaskStats',
] as const;
type TableName = (typeof TABLES)[number];

/**
 * Writes SQL once for any table prefix, schema, column naming and placeholder style:
 * `@executions` is a table, `#leaseUntil` a column, `:owner` a value.
 * @example writer.statement('renew', 'UPDATE @executions SET #leaseUntil = :until WHERE #id = :id')
 */
export class SqlWriter {
  readonly dialect: DialectName;
  private readonly tables = new Map<string, string>();
  private readonly columns = new Map<string, string>();

  constructor(db: Database) {
    this.dialect = dialectOf(db);
    const { queryGenerator } = db.sequelize.getQueryInterface() as unknown as {
      queryGenerator: { quoteIdentifier(name: string): string };
    };
    for (const name of TABLES) {
      const collection = db.getCollection(name);
      this.tables.set(name, collection.quotedTableName());
      for (const [field, attribute] of Object.entries(collection.model.rawAttributes)) {
        this.columns.set(field, queryGenerator.quoteIdentifier(attribute.field ?? field));
      }
    }
  }

  table(name: TableName): string {
    return this.tables.get(name) as string;
  }

  statement(name: string, sql: string): Statement {
    const named = sql
      .replace(/@(\w+)/g, (whole, table: string) => this.tables.get(table) ?? whole)
      .replace(/#(\w+)/g, (_, column: string) => {
        const quoted = this.columns.get(column);
        if (!quoted) {
          throw new Error(`no column "${column}" in the workflow tables`);
        }
        return quoted;
      })
      .trim();
    const order: string[] = [];
    const text = named.replace(/(^|[^:]):([a-z]\w*)/gi, (_, before: string, key: string) => {
      if (this.dialect !== 'postgres') {
        order.push(key);
        return `${before}?`;
      }
      if (!order.includes(key)) {
        order.push(key);
      }
      return `${before}$${order.indexOf(key) + 1}`;
    });
    return { name: `workflow_${name}`, text, order };
  }
}

/** How many values a list of `n` ids takes: powers of two, so that few different statements have to be prepared. */
function paddedLength(n: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, n)));
}

/**
 * A statement over a list of ids, written `#id IN (:ids)`.
 * PostgreSQL and SQLite take the list as one value. MySQL gets a place for each id: it would read the whole table,
 * and lock it, for an UPDATE whose list is a subquery.
 */
export class ListStatement {
  private readonly statements = new Map<number, Statement>();

  constructor(
    private readonly writer: SqlWriter,
    private readonly name: string,
    private readonly sql: string,
  ) {}

  bind(ids: readonly string[], values: Record<string, unknown> = {}): [Statement, Record<string, unknown>] {
    switch (this.writer.dialect) {
      case 'postgres':
        return [this.statement(0, 'SELECT unnest(:ids::bigint[])'), { ...values, ids }];
      case 'sqlite':
        return [this.statement(0, 'SELECT CAST(value AS INTEGER) FROM json_each(:ids)'), { ...values, ids: JSON.stringify(ids) }];
      case 'mysql': {
        const length = paddedLength(ids.length);
        const names = Array.from({ length }, (_, i) => `id_${i}`);
        const list = Object.fromEntries(names.map((name, i) => [name, ids[Math.min(i, ids.length - 1)] ?? '0']));
        return [this.statement(length, names.map((name) => `:${name}`).join(', ')), { ...values, ...list }];
      }
    }
  }

  private statement(length: number, list: string): Statement {
    let statement = this.statements.get(length);
    if (!statement) {
      statement = this.writer.statement(`${this.name}_${length}`, this.sql.replaceAll(':ids', list));
      this.statements.set(length, statement);
    }
    return statement;
  }
}

export function dialectOf(db: Database): DialectName {
  const dialect = db.sequelize.getDialect();
  if (dialect === 'sqlite' || dialect === 'postgres') {
    return dialect;
  }
  return dialect === 'mysql' || dialect === 'mariadb' ? 'mysql' : 'postgres';
}
