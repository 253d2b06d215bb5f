import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { JOB_STATUS } from '../../src/common/status';
import { DIALECTS } from '../helpers/dialects';
import { startHost } from '../helpers/host';
import { waitFor } from '../helpers/waitFor';
import { MatrixWorld, type NodeValues, type TestWorkflow } from './matrixWorld';

const SECRET = 'tk"9f8e7d6c/5b4a';
const MASK = '******';

/** What is stored and logged about a run holds neither secrets of the environment nor hidden fields. */
describe.each(DIALECTS)('secrets on %s', (dialect) => {
  let world: MatrixWorld;

  beforeAll(async () => {
    const env = { LOGGER_TRANSPORT: 'console,dailyRotateFile', LOGGER_LEVEL: 'trace' };
    world = await MatrixWorld.create(await startHost({ dialect, env }));
    await world.root.create('environmentVariables', { name: 'TOKEN', type: 'secret', value: SECRET });
    await world.root.create('environmentVariables', { name: 'PLAIN', type: 'default', value: 'visible-value' });
  });

  afterEach(() => world.disableAll());

  afterAll(() => world?.host.close());

  /** A synchronous post-action workflow on posts that has run once. */
  async function run(nodes: NodeValues[], config: object = {}): Promise<{ item: TestWorkflow; execution: any }> {
    const item = await world.workflow({ sync: true, config, nodes, probe: false });
    const { status } = await world.post(`posts:create?triggerWorkflows=${item.key}`, { title: 'a' });
    expect(status).toBe(200);
    const [execution] = await world.expectRuns(item, 1);
    return { item, execution };
  }

  /** Everything that the host tells about the runs of a workflow. */
  async function told(item: TestWorkflow): Promise<string> {
    const filter = { key: item.key };
    const executions = await world.root.get('executions:list', { filter, appends: ['jobs', 'workflow'] });
    const jobs = await world.root.get('jobs:list', { filter: { 'execution.key': item.key } });
    return JSON.stringify([executions.body, jobs.body]);
  }

  /** The log files of a workflow, once they hold a text. */
  function logOf(item: TestWorkflow, text: string): Promise<string> {
    const folder = join(world.host.storagePath, 'logs', 'main', 'workflows', String(item.id));
    return waitFor(
      async () => {
        const names = (await readdir(folder)).filter((name) => name.endsWith('.log'));
        const files = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
        return files.join('').includes(text) && files.join('');
      },
      { what: `"${text}" in ${folder}` },
    );
  }

  const escaped = JSON.stringify(SECRET).slice(1, -1);

  function expectNoSecret(text: string): void {
    for (const form of [SECRET, escaped, JSON.stringify(escaped).slice(1, -1)]) expect(text).not.toContain(form);
  }

  it('are masked in the results of jobs and in the output', async () => {
    const { item, execution } = await run([
      { type: 'calculation', config: { engine: 'string', expression: '{{$env.TOKEN}}' } },
      { type: 'calculation', config: { engine: 'string', expression: 'Bearer {{$env.TOKEN}}, {{$env.PLAIN}}' } },
      { type: 'output', config: { value: { deep: [{ token: 'x{{$env.TOKEN}}y' }], '{{$env.TOKEN}}': 1 } } },
    ]);
    const [first, second, output] = execution.jobs;
    expect([first.result, second.result]).toEqual([MASK, `Bearer ${MASK}, visible-value`]);
    expect(execution.output).toEqual({ deep: [{ token: `x${MASK}y` }], [MASK]: 1 });
    expect(output.result).toEqual(execution.output);
    expectNoSecret(await told(item));
  });

  it('reach the nodes as they are', async () => {
    const { item } = await run([
      { type: 'calculation', config: { engine: 'string', expression: '{{$env.TOKEN}}' } },
      {
        type: 'condition',
        config: { rejectOnFalse: true, calculation: { calculator: 'equal', operands: ['{{$env.TOKEN}}', SECRET] } },
      },
      {
        type: 'create',
        config: { collection: 'tags', params: { values: { title: '{{$env.TOKEN}}' } } },
      },
    ]);
    expect(await world.root.list('tags', { filter: { title: SECRET } })).toHaveLength(1);
    expectNoSecret(await told(item));
  });

  it('are masked when a node fails with them in its message, in the log too', async () => {
    const failing = { engine: 'math.js', expression: 'number({{$env.TOKEN}})' };
    const { item, execution } = await run([
      { type: 'calculation', config: failing },
    ]);
    expect(execution.jobs[0].status).toBe(JOB_STATUS.ERROR);
    expect(execution.jobs[0].result).toContain(MASK);
    expectNoSecret(await told(item));
    const log = await logOf(item, 'calculation of node');
    expect(log).toContain(MASK);
    expectNoSecret(log);
  });

  it('are masked when a branching node or a database node fails with them', async () => {
    const multi = await run([
      { type: 'multi-conditions', config: { conditions: [{ engine: 'math.js', expression: 'number({{$env.TOKEN}})' }] } },
    ]);
    expect(multi.execution.jobs[0].status).toBe(JOB_STATUS.ERROR);
    expect(multi.execution.jobs[0].meta.conditions[0]).toContain(MASK);
    const data = await run([
      { type: 'query', config: { collection: 'posts', params: { page: '{{$env.TOKEN}}' } } },
    ]);
    expect(data.execution.jobs[0].status).toBe(JOB_STATUS.ERROR);
    for (const { item } of [multi, data]) {
      expectNoSecret(await told(item));
      expectNoSecret(await logOf(item, 'failed'));
    }
  });

  it('are masked in the answer to a waiting job', async () => {
    const form = { type: 'custom', actions: [{ status: 1, key: 'done', values: { token: '{{$env.TOKEN}}' } }] };
    const item = await world.workflow({
      nodes: [{ type: 'manual', config: { assignees: [world.emma.userId], forms: { f: form } } }],
      probe: false,
    });
    await world.post(`posts:create?triggerWorkflows=${item.key}`);
    const task = await waitFor(
      async () => (await world.root.list('workflowManualTasks', { filter: { workflowId: item.id } }))[0],
      { what: 'a to-do' },
    );
    // the to-do is the node's own row, written a moment before the engine stores the job
    await waitFor(async () => (await world.root.list('executions', { filter: { key: item.key }, appends: ['jobs'] }))[0]?.jobs[0], {
      what: 'the waiting job',
    });
    const submitted = await world.emma.post(`workflowManualTasks:submit?filterByTk=${task.id}`, {
      result: { f: { note: `I know it: ${SECRET}` }, _: 'done' },
    });
    expect(submitted.status).toBe(202);
    const [{ jobs }] = await world.expectRuns(item, 1);
    expect(jobs[0].result).toMatchObject({ f: { note: `I know it: ${MASK}`, token: MASK } });
    expectNoSecret(await told(item));
  });

  it('a new secret counts from the next run on', async () => {
    await world.root.create('environmentVariables', { name: 'LATER', type: 'secret', value: 'brought-in-later' });
    const { execution } = await run([
      { type: 'calculation', config: { engine: 'string', expression: '{{$env.LATER}}' } },
    ]);
    expect(execution.jobs[0].result).toBe(MASK);
  });

  it('hidden fields never reach the context or a result', async () => {
    const author = await world.root.create('users', { username: 'ann', nickname: 'ann', password: 'ann-password-1' });
    const users: NodeValues[] = [false, true].flatMap((multiple) => [
      { type: 'query', config: { collection: 'users', multiple, params: { filter: { id: author.id }, appends: ['roles'] } } },
      { type: 'query', config: { collection: 'posts', multiple, params: { appends: ['author', 'createdBy'] } } },
      {
        type: 'query',
        config: { collection: 'users', multiple, params: { filter: { id: author.id }, fields: ['id', 'password'] } },
      },
    ]);
    const paths = ['$context.user.password', '$context.data.author.password', '$context.data.createdBy.password'];
    const item = await world.workflow({
      config: { appends: ['author', 'createdBy', 'author.roles'] },
      nodes: [
        ...users,
        {
          type: 'create',
          config: { collection: 'users', params: { values: { username: 'made', password: 'made-password-1' }, appends: ['roles'] } },
        },
        { type: 'output', config: { value: paths.map((path) => `{{${path}}}`) } },
      ],
      probe: false,
    });
    const onUsers = await world.workflow({ type: 'collection', config: { collection: 'users', mode: 3 }, probe: false });
    await world.post(`posts:create?triggerWorkflows=${item.key}&updateAssociationValues[]=author`, {
      title: 'a',
      author: { id: author.id },
    });
    const [{ status, context, output }] = await world.expectRuns(item, 1);
    expect(status).toBe(1);
    expect(context.user).toMatchObject({ id: world.emma.userId, username: 'emma' });
    expect(context.data.author).toMatchObject({ id: author.id, username: 'ann' });
    expect(output).toEqual([null, null, null]);
    await waitFor(async () => (await world.executions(onUsers)).length > 0, { what: 'the run on the created user' });
    const executed = await world.root.post(`workflows:execute?filterByTk=${onUsers.id}`, { data: author.id });
    expect(executed.status).toBe(200);
    for (const text of [await told(item), await told(onUsers)]) {
      expect(text).not.toMatch(/\\*"(password|resetToken)\\*":/);
      expect(text).not.toContain('password-1');
    }
  });
});
