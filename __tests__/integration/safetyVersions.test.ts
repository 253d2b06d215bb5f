import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FlowNodeModel, Id } from '../../src/server/contract';
import { DIALECTS } from '../helpers/dialects';
import { ApiWorld, type Graph } from './api/world';

const STEPS = 40;
const SEEDS = [1, 2, 3];

/** Numbers from 0 to below 1, the same ones for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** T-20: whatever is done to a version, its nodes hang together and expressions find the nodes they name. */
describe.each(DIALECTS)('changes of versions on %s', (dialect) => {
  let world: ApiWorld;

  beforeAll(async () => {
    world = await ApiWorld.create({ dialect });
  });

  afterAll(() => world?.host.close());

  const rowsOf = (workflowId: Id): Promise<FlowNodeModel[]> =>
    world.repository('flow_nodes').find({ filter: { workflowId }, sort: 'id' });

  const titlesOf = (graph: Graph): string[] =>
    graph.flatMap((item) => (Array.isArray(item) ? [item[0], ...Object.values(item[1]).flatMap(titlesOf)] : [item]));

  /** Every node with the place it stands at, by key; ids differ between versions, keys do not. */
  async function placesOf(workflowId: Id) {
    const rows = await rowsOf(workflowId);
    const keyOf = (id: Id | null) => rows.find((row) => String(row.id) === String(id))?.key ?? null;
    return rows
      .map(({ key, type, title, config, branchIndex, upstreamId, downstreamId }) => {
        return { key, type, title, config, branchIndex, upstream: keyOf(upstreamId), downstream: keyOf(downstreamId) };
      })
      .sort((a, b) => a.key.localeCompare(b.key));
  }

  async function expectSound(workflowId: Id): Promise<void> {
    const rows = await rowsOf(workflowId);
    expect(titlesOf(await world.storedGraph(workflowId)).sort()).toEqual(rows.map(({ title }) => title!).sort());
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    const { problems } = (await world.api.get('workflows:validate', { filterByTk: workflowId })).data;
    expect(problems.filter(({ code }: { code: string }) => code !== 'unknown-variable')).toEqual([]);
  }

  it.each(SEEDS)('%s', async (seed) => {
    const random = createRandom(seed);
    const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)]!;
    const { id: workflowId } = await world.workflow({ enabled: false, type: 'asyncTrigger' });
    const done: string[] = [];
    let titles = 0;

    /** A place, as a person may choose it: head, after a node, or a branch of a node. */
    const place = (rows: FlowNodeModel[]) => {
      const upstreamId = random() < 0.1 || !rows.length ? null : pick(rows).id;
      return { upstreamId, branchIndex: upstreamId === null || random() < 0.5 ? null : Math.floor(random() * 3) };
    };
    const steps: Record<string, (rows: FlowNodeModel[]) => Promise<number>> = {
      create: async (rows) => {
        const refersTo = rows.length ? pick(rows).key : 'nobody';
        const values = { type: 'echoVariable', title: `n${titles++}`, config: { variable: `{{$jobsMapByNodeKey.${refersTo}}}` } };
        return (await world.api.post(`workflows/${workflowId}/nodes:create`, { ...values, ...place(rows) })).status;
      },
      duplicate: async (rows) => {
        const { status, data } = await world.api.post(`flow_nodes:duplicate?filterByTk=${pick(rows).id}`, place(rows));
        if (data) await world.api.update('flow_nodes', data.id, { title: `n${titles++}` });
        return status;
      },
      move: async (rows) => (await world.api.post(`flow_nodes:move?filterByTk=${pick(rows).id}`, place(rows))).status,
      destroy: async (rows) => (await world.api.post(`flow_nodes:destroy?filterByTk=${pick(rows).id}`)).status,
      keepBranch: async (rows) =>
        (await world.api.post(`flow_nodes:destroy?filterByTk=${pick(rows).id}&keepBranch=${Math.floor(random() * 3)}`)).status,
      destroyBranch: async (rows) => {
        const query = `filterByTk=${pick(rows).id}&branchIndex=${Math.floor(random() * 3)}&shift=${random() < 0.5 ? 1 : 0}`;
        return (await world.api.post(`flow_nodes:destroyBranch?${query}`)).status;
      },
      branch: async (rows) => {
        const branchIndex = random() < 0.5 ? null : Math.floor(random() * 3);
        return (await world.api.post(`flow_nodes:update?filterByTk=${pick(rows).id}`, { branchIndex })).status;
      },
    };
    const names = ['create', 'create', 'create', ...Object.keys(steps)];

    for (let step = 0; step < STEPS; step += 1) {
      const rows = await rowsOf(workflowId);
      const name = rows.length < 2 ? 'create' : pick(names);
      const configs = new Map(rows.map(({ key, config }) => [key, config]));
      const status = await steps[name]!(rows);
      done.push(`${name} ${status}`);
      expect(status, done.join(', ')).toBeLessThan(500);
      await expectSound(workflowId).catch((error: Error) => {
        throw new Error(`seed ${seed}: ${done.join(', ')}`, { cause: error });
      });
      // what stays keeps its key and its expressions
      for (const { key, config } of await rowsOf(workflowId)) {
        if (configs.has(key)) expect(config).toEqual(configs.get(key));
      }
    }

    const origin = await placesOf(workflowId);
    const { key } = await world.repository('workflows').findOne({ filterByTk: workflowId });
    for (const filter of [{ key }, {}]) {
      const { data: copy } = await world.api.post(
        `workflows:revision?filterByTk=${workflowId}&filter=${JSON.stringify(filter)}`,
      );
      expect(await placesOf(copy.id)).toEqual(origin);
      await expectSound(copy.id);
      const ids = new Set((await rowsOf(workflowId)).map(({ id }) => String(id)));
      for (const row of await rowsOf(copy.id)) {
        for (const id of [row.id, row.upstreamId, row.downstreamId]) expect(ids.has(String(id))).toBe(false);
      }
    }
    expect(await placesOf(workflowId)).toEqual(origin);
    expect(done.filter((step) => step.endsWith('200')).length).toBeGreaterThan(STEPS / 2);
  });
});
