import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS, isLive } from '../../src/common/status';
import type { ExecutionModel, WorkflowModel } from '../../src/server/contract';
import { createApp, type TestApp } from '../helpers/app';
import type { Dialect } from '../helpers/databaseServers';
import { DIALECTS } from '../helpers/dialects';
import { waitFor } from '../helpers/waitFor';

/** Keeps runs inside a node until the test lets them go. */
class Gate {
  readonly entered: string[] = [];
  private readonly waiting: Array<() => void> = [];

  readonly instruction = {
    run: async (_node: unknown, _input: unknown, processor: { execution: ExecutionModel }) => {
      this.entered.push(processor.execution.context.data.title);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
      return { status: JOB_STATUS.RESOLVED };
    },
  };

  get held(): number {
    return this.waiting.length;
  }

  letOneGo(): void {
    this.waiting.shift()?.();
  }
}

/** Makes the database refuse executions of one workflow. */
const REFUSE_KEY: Record<Dialect, (key: string) => string> = {
  sqlite: (key) =>
    `CREATE TRIGGER refuse BEFORE INSERT ON executions WHEN NEW.key = '${key}'
     BEGIN SELECT RAISE(ABORT, 'refused'); END`,
  postgres: (key) => `ALTER TABLE executions ADD CONSTRAINT refuse CHECK ("key" <> '${key}')`,
  mariadb: (key) => `ALTER TABLE executions ADD CONSTRAINT refuse CHECK (\`key\` <> '${key}')`,
};

const ACCEPT_KEYS: Record<Dialect, string> = {
  sqlite: 'DROP TRIGGER refuse',
  postgres: 'ALTER TABLE executions DROP CONSTRAINT refuse',
  mariadb: 'ALTER TABLE executions DROP CONSTRAINT refuse',
};

/** Rows of the matrix that need a second data source, a plugin call or a node held open: T47, T48, T51, T56, T57. */
describe.each(DIALECTS)('post-action trigger in a process of its own on %s', (dialect) => {
  const gate = new Gate();
  let world: TestApp;

  beforeAll(async () => {
    world = await createApp({
      dialect,
      instructions: { gate: gate.instruction },
      dataSources: ['ext'],
      plugins: ['ui-schema-storage', 'public-forms'],
    });
  });

  afterEach(async () => {
    await world.db.getRepository('workflows').update({ filter: { enabled: true }, values: { enabled: false } });
  });

  afterAll(() => world?.close());

  async function workflow(values: object = {}): Promise<WorkflowModel> {
    return world.db.getRepository('workflows').create({
      values: { type: 'action', enabled: true, config: { collection: 'posts' }, ...values },
    });
  }

  function executions({ key }: WorkflowModel): Promise<ExecutionModel[]> {
    return world.db.getRepository('executions').find({ filter: { key }, sort: 'id' });
  }

  async function expectRuns(item: WorkflowModel, count: number): Promise<ExecutionModel[]> {
    expect(await executions(item)).toHaveLength(count);
    return waitFor(
      async () => {
        const rows = await executions(item);
        return rows.every(({ status }) => !isLive(status)) && rows;
      },
      { what: `the end of ${count} runs` },
    );
  }

  it('T47: the response does not wait for an asynchronous run', async () => {
    const wp = await workflow();
    await wp.createNode({ type: 'gate' });
    const { status } = await world.api.post(`posts:create?triggerWorkflows=${wp.key}`, { title: 'T47' });
    expect(status).toBe(200);
    await waitFor(() => gate.held === 1, { what: 'the run to enter its node' });
    gate.letOneGo();
    expect(await expectRuns(wp, 1)).toMatchObject([{ status: EXECUTION_STATUS.RESOLVED }]);
  });

  it('RB2-slow: the response waits for a synchronous run', async () => {
    const wps = await workflow({ sync: true });
    await wps.createNode({ type: 'gate' });
    let answered = false;
    const request = world.api
      .post(`posts:create?triggerWorkflows=${wps.key}`, { title: 'slow' })
      .finally(() => (answered = true));
    await waitFor(() => gate.held === 1, { what: 'the run to enter its node' });
    expect(answered).toBe(false);
    gate.letOneGo();
    expect((await request).meta.workflows).toMatchObject([{ key: wps.key, status: 1 }]);
  });

  it('T48: asynchronous runs of one workflow start one after the other, in the order of their requests', async () => {
    const wp = await workflow();
    await wp.createNode({ type: 'gate' });
    const titles = [0, 1, 2, 3, 4].map((i) => `T48 ${i}`);
    gate.entered.length = 0;
    for (const title of titles) {
      await world.api.post(`posts:create?triggerWorkflows=${wp.key}`, { title });
    }
    for (let started = 1; started <= titles.length; started += 1) {
      await waitFor(() => gate.held === 1, { what: `run ${started} to enter its node` });
      expect(gate.entered).toEqual(titles.slice(0, started));
      gate.letOneGo();
    }
    await expectRuns(wp, 5);
  });

  it('T51: rows written by plugins and by workflows of other types are no actions', async () => {
    const wpg = await workflow({ config: { collection: 'posts', global: true, actions: ['create', 'update'] } });
    await world.db.getRepository('posts').create({ values: { title: 'by a plugin' } });
    const schedule = await workflow({ type: 'schedule', config: { mode: 0 }, enabled: false });
    await schedule.createNode({
      type: 'create',
      config: { collection: 'posts', params: { values: { title: 'by schedule' } } },
    });
    const { status } = await world.api.post(`workflows:execute?filterByTk=${schedule.id}`, {});
    expect(status).toBe(200);
    expect(await world.db.getRepository('posts').count({ filter: { title: 'by schedule' } })).toBe(1);
    await expectRuns(wpg, 0);
  });

  it('T56: only workflows of the data source in the header run, and with its rows', async () => {
    const onMain = await workflow();
    const onExt = await workflow({ config: { collection: 'ext:posts', appends: ['category'] } });
    const globalOnExt = await workflow({ config: { collection: 'ext:posts', global: true, actions: ['create'] } });
    const onExtCategories = await workflow({ config: { collection: 'ext:categories' }, sync: true });
    const list = `${onMain.key},${onExt.key},${onExtCategories.key}!category`;
    const body = { title: 'T56', category: { title: 'ext category' } };
    const { status, data, meta } = await world.api
      .withHeaders({ 'X-Data-Source': 'ext' })
      .post(`posts:create?triggerWorkflows=${list}`, body);
    expect(status).toBe(200);
    expect(meta.workflows).toMatchObject([
      { key: onExt.key, status: null },
      { key: onExtCategories.key, association: 'category', status: 1 },
      { key: globalOnExt.key, status: null },
      { key: onMain.key, reason: 'collection_mismatch' },
    ]);
    await expectRuns(onMain, 0);
    const [execution] = await expectRuns(onExt, 1);
    expect(execution!.context.data).toMatchObject({ id: data.id, title: 'T56', category: { title: 'ext category' } });
    expect((await expectRuns(onExtCategories, 1))[0]!.context.data).toMatchObject({ title: 'ext category' });
    await expectRuns(globalOnExt, 1);
    await world.api.post(`posts:create?triggerWorkflows=${onExt.key}`, body);
    await expectRuns(onExt, 1);
  });

  it('T56: a write on another data source that fails triggers nothing', async () => {
    const onExt = await workflow({ config: { collection: 'ext:posts' } });
    const { status } = await world.api
      .withHeaders({ 'X-Data-Source': 'ext' })
      .post(`posts:create?triggerWorkflows=${onExt.key}`, { title: 'a', category: [] });
    expect(status).toBeGreaterThanOrEqual(400);
    await expectRuns(onExt, 0);
  });

  it('T16: a run that cannot be stored takes the write with it, and no connection is lost', async () => {
    const wp = await workflow();
    await world.db.sequelize.query(REFUSE_KEY[dialect](wp.key));
    for (let i = 0; i < 12; i += 1) {
      const { status } = await world.api.post(`posts:create?triggerWorkflows=${wp.key}`, { title: 'lost' });
      expect(status).toBe(500);
    }
    expect(await world.db.getRepository('posts').count({ filter: { title: 'lost' } })).toBe(0);
    await world.db.sequelize.query(ACCEPT_KEYS[dialect]);
    expect((await world.api.post(`posts:create?triggerWorkflows=${wp.key}`, { title: 'kept' })).status).toBe(200);
    await expectRuns(wp, 1);
  });

  it('T57: a public form runs global and listed workflows without a user', async () => {
    const wpg = await workflow({ config: { collection: 'posts', global: true, actions: ['create'] } });
    const wp = await workflow();
    await world.db.getRepository('publicForms').create({
      values: { key: 'form', title: 'form', collection: 'posts', enabled: true },
    });
    const token = world.app.authManager.jwt.sign({ collectionName: 'posts', formKey: 'form', targetCollections: [] });
    const { status } = await world.api
      .anonymous()
      .withHeaders({ 'X-Form-Token': token })
      .post(`posts:publicSubmit?triggerWorkflows=${wp.key}`, { title: 'T57' });
    expect(status).toBe(200);
    for (const item of [wpg, wp]) {
      const [execution] = await expectRuns(item, 1);
      expect(execution).toMatchObject({ status: 1, context: { data: { title: 'T57' }, user: null, roleName: null } });
    }
  });
});
