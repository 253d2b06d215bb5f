import { ExecutionIds } from '../../../src/server/storage/ids';
import type { TestHost } from '../../helpers/host';
import { HttpTarget } from '../../helpers/httpTarget';
import { waitFor } from '../../helpers/waitFor';
import { createWorkflow } from '../faults/shapes';

/** As many runs as a process executes at once. */
const PARALLEL_RUNS = 20;
/** Half of them are more than a process has places for, so that it has none for those of others. */
const WORKFLOWS = 2 * PARALLEL_RUNS + 6;
const RUNS = Array.from({ length: 4 }, (_, i) => `run ${i}`);

/**
 * Runs of many workflows that are stored while nobody may execute them. Each stays in its only node, and its workflow with it,
 * until the gate is opened.
 */
export class Backlog {
  /** in order, and before the keys of all other workflows: dealt out one by one */
  readonly keys = Array.from({ length: WORKFLOWS }, (_, i) => `backlog${100 + i}`);
  open = () => {};
  private readonly opened = new Promise<void>((resolve) => (this.open = resolve));
  private readonly ids = new Map<string, number>();
  private target!: HttpTarget;

  private constructor(private readonly host: TestHost) {}

  static async create(host: TestHost): Promise<Backlog> {
    const backlog = new Backlog(host);
    backlog.target = await HttpTarget.start(() => backlog.opened.then(() => ({})));
    await Promise.all(
      backlog.keys.map(async (key) => {
        const gate = { key: `${key}gate`, type: 'gate', config: { url: `${backlog.target.url}/${key}` } };
        backlog.ids.set(key, await createWorkflow(host.api, key, [gate]));
      }),
    );
    return backlog;
  }

  /** Resolves when each process knows of the others and of the workflows: a look that began after all of it was there has ended. */
  async whenMet(hosts: TestHost[]): Promise<void> {
    const pids = hosts.map(({ pid }) => pid);
    const seen = async () => {
      const rows = await this.sql('SELECT "owner", "seenAt" FROM "workflowProcesses" ORDER BY "owner"');
      return rows.filter(({ owner }) => pids.includes(pidOf(owner))).map(({ seenAt }) => String(seenAt));
    };
    for (let look = 1; look <= 2; look += 1) {
      const before = await waitFor(async () => ((await seen()).length === hosts.length ? seen() : null), { what: 'every process to be there' });
      await waitFor(async () => (await seen()).every((at, i) => at !== before[i]), { what: 'every process to look' });
    }
  }

  /** @returns what was queued for each workflow, in order */
  async queue(): Promise<string[]> {
    const ids = new ExecutionIds();
    const rows = RUNS.flatMap((title) =>
      this.keys.map((key) => {
        const context = JSON.stringify({ data: { title } });
        return `(${ids.next()}, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, ${this.ids.get(key)}, '${key}', '${key} ${title}', '${context}', TRUE)`;
      }),
    );
    await this.sql(`INSERT INTO executions (id, "createdAt", "updatedAt", "workflowId", "key", "eventKey", context, dispatched) VALUES ${rows.join()}`);
    return RUNS;
  }

  /** From now on everybody may execute them. */
  async release(): Promise<void> {
    await this.sql(`UPDATE executions SET dispatched = FALSE WHERE "key" LIKE 'backlog%' AND status IS NULL`);
  }

  /** Waits until more runs are under way than one process executes. @returns by process, the workflows that it holds */
  async whenBothExecute(): Promise<Map<number, string[]>> {
    await waitFor(() => this.target.received.length >= 2 * PARALLEL_RUNS, { what: 'both processes to execute' });
    const rows = await this.sql(
      `SELECT DISTINCT "key" AS workflow, "leaseOwner" AS owner FROM executions WHERE "key" LIKE 'backlog%' AND "leaseOwner" IS NOT NULL ORDER BY 2, 1`,
    );
    const held = new Map<number, string[]>();
    for (const { workflow, owner } of rows) held.set(pidOf(owner), [...(held.get(pidOf(owner)) ?? []), String(workflow)]);
    return held;
  }

  /** What came to the gate, in order. */
  executed(key: string): string[] {
    return this.target.to(`/${key}/`).map(({ path }) => decodeURIComponent(path.split('/')[2]!));
  }

  async statuses(): Promise<Set<number | null>> {
    const rows = await this.sql(`SELECT DISTINCT status FROM executions WHERE "key" LIKE 'backlog%'`);
    return new Set(rows.map(({ status }) => status as number | null));
  }

  async close(): Promise<void> {
    this.open();
    await this.target.close();
  }

  private async sql(statement: string): Promise<Array<Record<string, unknown>>> {
    const { dialect, api } = this.host;
    const response = await api.post('faultWorld:sql', { statement: dialect === 'mariadb' ? statement.replaceAll(/"(\w+)"(?=[ ,)])/g, '`$1`') : statement });
    if (response.status !== 200) throw new Error(`${statement.slice(0, 200)}: ${JSON.stringify(response.body)}`);
    return response.data;
  }
}

/** An owner is `<machine>/<pid>/<random>`. */
const pidOf = (owner: unknown) => Number(String(owner).split('/')[1]);
