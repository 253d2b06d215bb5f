import { expect, it } from 'vitest';
import type { MatrixWorld } from './matrixWorld';

/** Synchronous and asynchronous, failures, and a killed process: T46, T49, T54, T55. */
export function modeSuite(getWorld: () => MatrixWorld): void {
  const calculation = (expression: string) => ({ type: 'calculation', config: { engine: 'math.js', expression } });

  it('T46: the effects of a synchronous workflow are there when the response is, 50 times out of 50', async () => {
    const world = getWorld();
    const wps = await world.workflow({ sync: true });
    for (let i = 0; i < 50; i += 1) {
      const { data, meta } = await world.post(`posts:create?triggerWorkflows=${wps.key}`, { title: `T46 ${i}` });
      expect(meta.workflows).toMatchObject([{ key: wps.key, status: 1 }]);
      expect(await world.probes(wps)).toHaveLength(i + 1);
      expect((await world.probes(wps)).at(-1)).toMatchObject({ ref: data.id });
    }
    await world.expectRuns(wps, 50);
  });

  it('T49: synchronous workflows have ended before asynchronous ones start', async () => {
    const world = getWorld();
    const read = (key: string) => ({ type: 'query', config: { collection: 'probe', params: { filter: { wf: key } } } });
    const wps = await world.workflow({ sync: true });
    const wp = await world.workflow({ nodes: [read(wps.key)] });
    const { data, meta } = await world.post(`posts:create?triggerWorkflows=${wp.key},${wps.key}`);
    expect(meta.workflows).toMatchObject([
      { key: wp.key, status: null },
      { key: wps.key, status: 1 },
    ]);
    const [{ jobs }] = await world.expectRuns(wp, 1);
    expect(jobs[0].result).toMatchObject({ wf: wps.key, ref: data.id });
  });

  it('T49b: several synchronous workflows run in the listed order', async () => {
    const world = getWorld();
    const wps = await world.workflow({ sync: true });
    const wps2 = await world.workflow({ sync: true });
    await world.post(`posts:create?triggerWorkflows=${wps2.key},${wps.key}`);
    const rows: Array<{ wf: string }> = await world.root.list('probe', {
      filter: { wf: { $in: [wps.key, wps2.key] } },
      sort: 'id',
    });
    expect(rows.map(({ wf }) => wf)).toEqual([wps2.key, wps.key]);
  });

  it.each([
    [
      'a condition that is not met',
      { type: 'condition', config: { rejectOnFalse: true, engine: 'math.js', expression: '1 > 2' } },
      -1,
    ],
    ['a node that throws', calculation('1 + missing'), -2],
    ['an end node with failure', { type: 'end', config: { endStatus: -1 } }, -1],
  ])('T54: %s fails the run, not the request', async (_, node, status) => {
    const world = getWorld();
    const failing = await world.workflow({ sync: true, nodes: [node], probe: false });
    const next = await world.workflow({ sync: true });
    const wp = await world.workflow();
    const response = await world.post(`posts:create?triggerWorkflows=${failing.key},${next.key},${wp.key}`);
    expect(response.status).toBe(200);
    expect(await world.count('posts', { id: response.data.id })).toBe(1);
    expect(response.meta.workflows).toMatchObject([
      { key: failing.key, status },
      { key: next.key, status: 1 },
      { key: wp.key, status: null },
    ]);
    expect(await world.expectRuns(failing, 1)).toMatchObject([{ status }]);
    await world.expectProbes(next, 1);
    await world.expectProbes(wp, 1);
  });

  it('T54: messages of a synchronous workflow reach the client', async () => {
    const world = getWorld();
    const message = { type: 'response-message', config: { message: 'Saved as {{$context.data.title}}' } };
    const wps = await world.workflow({ sync: true, nodes: [message] });
    const { body } = await world.post(`posts:create?triggerWorkflows=${wps.key}`, { title: 'T54' });
    expect(body.messages).toEqual([{ message: 'Saved as T54' }]);
  });

  it('T54: a synchronous workflow that waits does not hold the response', async () => {
    const world = getWorld();
    const delay = { type: 'delay', config: { unit: 86_400_000, duration: 1, endStatus: 1 } };
    const wps = await world.workflow({ sync: true, nodes: [delay] });
    const { status, meta } = await world.post(`posts:create?triggerWorkflows=${wps.key}`);
    expect(status).toBe(200);
    const [execution] = await world.executions(wps);
    expect(execution.status).toBe(0);
    expect(meta.workflows).toEqual([{ key: wps.key, executionId: execution.id, status: 0 }]);
    await world.root.post(`executions:cancel?filterByTk=${execution.id}`);
  });

  it('T55: what was accepted before the process was killed runs once after the restart', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    for (let i = 0; i < 10; i += 1) {
      await world.post(`posts:create?triggerWorkflows=${wp.key}`, { title: `T55 ${i}` });
    }
    await world.host.kill();
    await world.host.start();
    const rows = await world.expectProbes(wp, 10);
    expect(new Set(rows.map(({ ref }) => ref)).size).toBe(10);
  });
}
