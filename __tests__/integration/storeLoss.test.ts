import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../src/common/status';
import type { ExecutionModel, InstructionInterface, WorkflowModel } from '../../src/server/contract';
import { createApp, type TestApp } from '../helpers/app';
import { withServer, type ServerDialect } from '../helpers/databaseServers';
import { DIALECTS } from '../helpers/dialects';
import { waitFor } from '../helpers/waitFor';

const RUNS = 60;

/** Cuts every connection to a database from outside, in use or not. */
const CUT: Record<ServerDialect, (database: string) => Promise<unknown>> = {
  postgres: (database) =>
    withServer('postgres', (sql) =>
      sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`),
    ),
  mariadb: (database) =>
    withServer('mariadb', async (sql) => {
      const processes = await sql(`SELECT id FROM information_schema.processlist WHERE db = '${database}'`);
      for (const { id } of processes) {
        await sql(`KILL ${String(id)}`).catch(() => undefined);
      }
    }),
};

const servers = DIALECTS.filter((dialect): dialect is ServerDialect => dialect !== 'sqlite');

describe.each(servers)('a database that goes away, on %s', (dialect) => {
  let world: TestApp;
  /** idempotency keys of calls to the outside world */
  const calls: string[] = [];
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => rejections.push(reason);

  const call: InstructionInterface = {
    kind: 'effect',
    run: async (_node, _input, _processor, options) => {
      calls.push(options!.idempotencyKey!);
      return { status: JOB_STATUS.RESOLVED };
    },
  };

  beforeAll(async () => {
    process.on('unhandledRejection', onRejection);
    world = await createApp({ dialect, instructions: { call } });
  });

  afterAll(async () => {
    await world?.close();
    process.off('unhandledRejection', onRejection);
  });

  const executions = (status?: number) =>
    world.db.getModel('executions').findAll({ where: status === undefined ? {} : { status } }) as unknown as Promise<ExecutionModel[]>;

  async function createWorkflow(): Promise<WorkflowModel> {
    const workflow: WorkflowModel = await world.db.getRepository('workflows').create({
      values: { title: 'loss', type: 'asyncTrigger', enabled: true, current: true, options: { concurrency: 10 } },
    });
    const chain = [
      { type: 'echo' },
      { type: 'create', config: { collection: 'posts', params: { values: { title: '{{$context.title}}' } } } },
      { type: 'call' },
      { type: 'update', config: { collection: 'posts', params: { filter: { title: '{{$context.title}}' }, values: { read: 1 } } } },
      { type: 'query', config: { collection: 'posts', params: { filter: { title: '{{$context.title}}' } } } },
    ];
    let upstream = null;
    for (const values of chain) {
      const node: any = await workflow.createNode({ config: {}, ...values, upstreamId: upstream?.id ?? null });
      await upstream?.update({ downstreamId: node.id });
      upstream = node;
    }
    return workflow;
  }

  it('interrupts runs, and they go on when it is back, with every write done once', async () => {
    const workflow = await createWorkflow();
    const titles = Array.from({ length: RUNS }, (_, i) => `post ${i}`);
    await Promise.all(titles.map(async (title) => world.plugin.trigger(workflow, { title })));
    expect(await executions()).toHaveLength(RUNS);

    const { database } = world.db.sequelize.config;
    // whenever a few more are done, until all are
    for (let done = 0; done < RUNS; ) {
      await CUT[dialect](database);
      done = await waitFor(
        async () => {
          const ended = (await executions(EXECUTION_STATUS.RESOLVED)).length;
          return ended === RUNS || ended >= done + 10 ? ended : null;
        },
        { what: 'runs to go on after the connections were cut', timeoutMs: 60_000 },
      );
    }

    expect(new Set((await executions()).map(({ status }) => status))).toEqual(new Set([EXECUTION_STATUS.RESOLVED]));
    const posts = await world.db.getModel('posts').findAll();
    expect(posts.map((post: any) => post.title).sort()).toEqual([...titles].sort());
    expect(posts.every((post: any) => post.read === 1)).toBe(true);
    const jobs: any[] = await world.db.getModel('jobs').findAll();
    expect(jobs).toHaveLength(RUNS * 5);
    expect(jobs.every(({ status }) => status === JOB_STATUS.RESOLVED)).toBe(true);
    expect(new Set(calls).size).toBe(RUNS);
    expect(rejections).toEqual([]);
  });
});
