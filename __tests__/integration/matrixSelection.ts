import { expect, it } from 'vitest';
import type { MatrixWorld } from './matrixWorld';

/** Which workflows a request selects: T01–T15, T35, T52, T53, T59, T61. */
export function selectionSuite(getWorld: () => MatrixWorld): void {
  const GLOBAL_CREATE = { global: true, actions: ['create'] };
  const GLOBAL_UPDATE = { global: true, actions: ['update'] };
  const GLOBAL_BOTH = { global: true, actions: ['create', 'update'] };

  it('T01: without the parameter a local workflow does not run', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    const response = await world.post('posts:create');
    expect(response.status).toBe(200);
    expect(response.meta).toBeUndefined();
    await world.expectRuns(wp, 0);
  });

  it('T02: a listed workflow runs with the saved record', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    const { status, data, meta } = await world.post(`posts:create?triggerWorkflows=${wp.key}`);
    expect(status).toBe(200);
    const [execution] = await world.expectRuns(wp, 1);
    expect(meta.workflows).toEqual([{ key: wp.key, executionId: execution.id, status: null }]);
    expect(data).toMatchObject({ title: 'Hello, world!', content: 'This is a test post.' });
    expect(await world.expectProbes(wp, 1)).toMatchObject([
      { ref: data.id, uid: world.emma.userId, role: 'employee' },
    ]);
    expect(execution.context.data).toMatchObject({ id: data.id, createdById: world.emma.userId });
    expect(execution.context.user).toMatchObject({ username: 'emma' });
    expect(execution.context.user).not.toHaveProperty('password');
  });

  it('T03: every listed workflow runs', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    const wp2 = await world.workflow();
    await world.post(`posts:create?triggerWorkflows=${wp.key},${wp2.key}`);
    await world.expectProbes(wp, 1);
    await world.expectProbes(wp2, 1);
  });

  it('T04: a key listed twice runs once', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    const { meta } = await world.post(`posts:create?triggerWorkflows=${wp.key},${wp.key}`);
    expect(meta.workflows).toHaveLength(1);
    await world.expectProbes(wp, 1);
  });

  it('T05: blanks and empty items do no harm', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    const wp2 = await world.workflow();
    await world.post(`posts:create?triggerWorkflows=${wp.key},%20${wp2.key},`);
    await world.expectProbes(wp, 1);
    await world.expectProbes(wp2, 1);
    for (const empty of ['triggerWorkflows=', 'triggerWorkflows=,%20,']) {
      const { status, meta } = await world.post(`posts:create?${empty}`);
      expect([status, meta]).toEqual([200, undefined]);
    }
  });

  it('T06: an unknown key is reported and the record is saved', async () => {
    const world = getWorld();
    const { status, data, meta } = await world.post('posts:create?triggerWorkflows=nope');
    expect(status).toBe(200);
    expect(meta.workflows).toEqual([{ key: 'nope', reason: 'not_found' }]);
    expect(await world.count('posts', { id: data.id })).toBe(1);
  });

  it('T06: hundreds of unknown keys are answered like one', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    const keys = Array.from({ length: 300 }, (_, i) => `unknown${1000 + i}`);
    const { status, meta } = await world.post(`posts:create?triggerWorkflows=${[...keys, wp.key].join(',')}`);
    expect(status).toBe(200);
    expect(meta.workflows).toHaveLength(301);
    await world.expectProbes(wp, 1);
  });

  it('T07: a disabled workflow is reported and does not run', async () => {
    const world = getWorld();
    const wx = await world.workflow({ enabled: false });
    const { status, meta } = await world.post(`posts:create?triggerWorkflows=${wx.key}`);
    expect(status).toBe(200);
    expect(meta.workflows).toEqual([{ key: wx.key, reason: 'disabled' }]);
    await world.expectRuns(wx, 0);
  });

  it('T08: a workflow of another collection never gets a foreign record', async () => {
    const world = getWorld();
    const wo = await world.workflow({ config: { collection: 'orders' } });
    const { status, meta } = await world.post(`posts:create?triggerWorkflows=${wo.key}`);
    expect(status).toBe(200);
    expect(meta.workflows).toEqual([{ key: wo.key, reason: 'collection_mismatch' }]);
    await world.expectRuns(wo, 0);
  });

  it('T09: a collection event runs because data changed, not because it is listed', async () => {
    const world = getWorld();
    const wce = await world.workflow({ type: 'collection', config: { mode: 1 } });
    const { meta } = await world.post(`posts:create?triggerWorkflows=${wce.key}`);
    expect(meta.workflows).toEqual([{ key: wce.key, reason: 'wrong_type' }]);
    await world.expectProbes(wce, 1);
  });

  it('T10: a pre-action event runs before, the post-action event after the write', async () => {
    const world = getWorld();
    const count = {
      type: 'query',
      config: { collection: 'posts', multiple: true, params: { filter: { title: 'T10' } } },
    };
    const pre = await world.workflow({ type: 'request-interception', sync: true, nodes: [count] });
    const wp = await world.workflow({ nodes: [count] });
    const { status, meta } = await world.post(`posts:create?triggerWorkflows=${pre.key},${wp.key}`, { title: 'T10' });
    expect(status).toBe(200);
    expect(meta.workflows).toMatchObject([{ key: wp.key, status: null }]);
    const [before] = await world.expectRuns(pre, 1);
    const [after] = await world.expectRuns(wp, 1);
    expect(before.jobs.find((job: any) => Array.isArray(job.result)).result).toHaveLength(0);
    expect(after.jobs.find((job: any) => Array.isArray(job.result)).result).toHaveLength(1);
  });

  it('T10: what a pre-action event intercepts is not written and triggers nothing', async () => {
    const world = getWorld();
    const end = { type: 'end', config: { endStatus: -1 } };
    const pre = await world.workflow({ type: 'request-interception', sync: true, nodes: [end], probe: false });
    const wp = await world.workflow();
    const wpg = await world.workflow({ config: GLOBAL_CREATE });
    const { status } = await world.post(`posts:create?triggerWorkflows=${pre.key},${wp.key}`, { title: 'T10 stopped' });
    expect(status).toBe(400);
    expect(await world.count('posts', { title: 'T10 stopped' })).toBe(0);
    await world.expectRuns(wp, 0);
    await world.expectRuns(wpg, 0);
  });

  it('T11: a custom action event does not run on create', async () => {
    const world = getWorld();
    const wca = await world.workflow({ type: 'custom-action', config: { type: 1 } });
    const { status, meta } = await world.post(`posts:create?triggerWorkflows=${wca.key}`);
    expect(status).toBe(200);
    expect(meta.workflows).toEqual([{ key: wca.key, reason: 'wrong_type' }]);
    await world.expectRuns(wca, 0);
  });

  it('T12: a global workflow needs no parameter', async () => {
    const world = getWorld();
    const wpg = await world.workflow({ config: GLOBAL_CREATE });
    const { data, meta } = await world.post('posts:create');
    expect(meta.workflows).toMatchObject([{ key: wpg.key, status: null }]);
    expect(await world.expectProbes(wpg, 1)).toMatchObject([{ ref: data.id }]);
  });

  it('T13: a global workflow that is listed as well runs once', async () => {
    const world = getWorld();
    const wpg = await world.workflow({ config: GLOBAL_CREATE });
    const { meta } = await world.post(`posts:create?triggerWorkflows=${wpg.key}`);
    expect(meta.workflows).toHaveLength(1);
    await world.expectProbes(wpg, 1);
  });

  it('T14: a global workflow for updates ignores creations', async () => {
    const world = getWorld();
    const wpu = await world.workflow({ config: GLOBAL_UPDATE });
    const { data, meta } = await world.post('posts:create');
    expect(meta).toBeUndefined();
    await world.expectRuns(wpu, 0);
    await world.post(`posts:update/${data.id}`, { title: 'changed' });
    expect(await world.expectProbes(wpu, 1)).toMatchObject([{ ref: data.id }]);
  });

  it('T15: a global workflow for both runs for both', async () => {
    const world = getWorld();
    const wpb = await world.workflow({ config: GLOBAL_BOTH });
    const { data } = await world.post('posts:create');
    await world.expectProbes(wpb, 1);
    await world.post(`posts:update?filterByTk=${data.id}`, { title: 'changed' });
    await world.expectProbes(wpb, 2);
  });

  it('T35: the list may be percent-encoded', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    const wc = await world.workflow({ config: { collection: 'categories' } });
    await world.root.post(`posts:create?triggerWorkflows=${wp.key}%2C${wc.key}%21category`, {
      title: 'a',
      category: { title: 'c' },
    });
    await world.expectProbes(wp, 1);
    await world.expectProbes(wc, 1);
  });

  it('T52: the enabled version of a key runs, and only that', async () => {
    const world = getWorld();
    const wp = await world.workflow({ enabled: false });
    const call = () => world.post(`posts:create?triggerWorkflows=${wp.key}`);
    await call();
    await world.expectRuns(wp, 0);
    await world.enable(wp);
    await call();
    await world.expectProbes(wp, 1);
    const revision = await world.root.post(`workflows:revision?filterByTk=${wp.id}&filter[key]=${wp.key}`);
    expect(revision.data.key).toBe(wp.key);
    await world.enable(revision.data);
    await call();
    const executions = await world.expectRuns(wp, 2);
    expect(executions.map(({ workflowId }) => workflowId)).toEqual([wp.id, revision.data.id]);
  });

  it('T53: a workflow without nodes ends at once', async () => {
    const world = getWorld();
    const wp = await world.workflow({ probe: false });
    await world.post(`posts:create?triggerWorkflows=${wp.key}`);
    expect(await world.expectRuns(wp, 1)).toMatchObject([{ status: 1, jobs: [] }]);
  });

  it('T59: a button with twelve bound workflows sends one list and all run once', async () => {
    const world = getWorld();
    const bound = [];
    for (let i = 0; i < 11; i += 1) {
      bound.push(await world.workflow());
    }
    const wc = await world.workflow({ config: { collection: 'categories' } });
    const list = [...bound.map(({ key }) => key), `${wc.key}!category`].join(',');
    const { meta } = await world.root.post(`posts:create?triggerWorkflows=${encodeURIComponent(list)}`, {
      title: 'a',
      category: { title: 'c' },
    });
    expect(meta.workflows).toHaveLength(12);
    for (const workflow of [...bound, wc]) {
      await world.expectProbes(workflow, 1);
    }
  });

  it('T61: whoever may act may start any local workflow of the collection, but not look into it', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    await world.post(`posts:create?triggerWorkflows=${wp.key}`);
    await world.expectProbes(wp, 1);
    const [execution] = await world.executions(wp);
    expect((await world.emma.get(`executions:get?filterByTk=${execution.id}`)).status).toBe(403);
  });
}
