import Joi from 'joi';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InstructionInterface, WorkflowModel } from '../../src/server/contract';
import { DIALECTS } from '../helpers/dialects';
import { ApiWorld, messages } from './api/world';

const run = () => ({ status: 1 });

const instructions: Record<string, InstructionInterface> = {
  strict: { run, configSchema: Joi.object({ size: Joi.number().min(1).required(), name: Joi.string().required() }) },
  onlySync: { run, isAvailable: (workflow) => workflow.type === 'syncTrigger' },
};

/** A node as the editor sends it. */
const node = (key: string, upstream: string | null, downstream: string | null, more: object = {}) => {
  return { key, type: 'echo', title: key, config: {}, upstream, branch: null, downstream, ...more };
};

const BRANCHED = [
  node('a', null, 'b'),
  node('b', 'a', 'd', { type: 'condition', config: { engine: 'basic', rejectOnFalse: false } }),
  node('c', 'b', null, { branch: 1 }),
  node('d', 'b', null),
];

describe.each(DIALECTS)('saving a flow on %s', (dialect) => {
  let world: ApiWorld;
  let workflow: WorkflowModel;

  beforeAll(async () => {
    world = await ApiWorld.create({ dialect, instructions });
  });
  afterAll(() => world?.host.close());
  beforeEach(async () => {
    workflow = await world.workflow({ enabled: false });
  });

  const save = (body: object) => world.api.post(`workflows:saveFlow?filterByTk=${workflow.id}`, body);
  const put = (nodes: object[], more: object = {}) => save({ nodes: { put: nodes, remove: [] }, ...more });
  const load = async () => (await world.api.get('workflows:get', { filterByTk: workflow.id, appends: ['nodes'] })).data;

  it('stores new nodes with their branches and answers their ids', async () => {
    const { base } = { base: (await load()).revision as string };
    const { status, data } = await put(BRANCHED, { base });
    expect(status).toBe(200);
    expect(await world.storedGraph(workflow.id)).toEqual(['a', ['b', { 1: ['c'] }], 'd']);
    const stored = await load();
    expect(data.ids).toEqual(Object.fromEntries(stored.nodes.map(({ key, id }: any) => [key, id])));
    expect(data.revision).toBe(stored.revision);
    expect(data.revision).not.toBe(base);
  });

  it('keeps ids of nodes that stay, moves and removes the others', async () => {
    const { ids } = (await put(BRANCHED)).data;
    const { data } = await save({
      nodes: { put: [node('d', null, 'a'), node('a', 'd', null, { title: 'last' })], remove: ['b', 'c'] },
    });
    expect(await world.storedGraph(workflow.id)).toEqual(['d', 'last']);
    expect(data.ids).toEqual({ a: ids.a, d: ids.d });
  });

  it('refuses a base that is not the present revision, and then changes nothing', async () => {
    const { revision } = (await put([node('a', null, null)])).data;
    const mine = await put([node('a', null, null, { title: 'mine' })], { base: revision });
    expect(mine.status).toBe(200);
    const late = await put([node('a', null, null, { title: 'late' })], { base: revision });
    expect([late.status, late.body.errors[0].code]).toEqual([409, 'WF_CONFLICT']);
    expect(await world.storedGraph(workflow.id)).toEqual(['mine']);
    const forced = await put([node('a', null, null, { title: 'forced' })], { base: null });
    expect(forced.status).toBe(200);
  });

  it('the revision follows every edit, whoever makes it, and comes back when it is taken back', async () => {
    const { ids } = (await put([node('a', null, null)])).data;
    const first = (await load()).revision;
    await world.api.update('flow_nodes', ids.a, { title: 'other' });
    const second = (await load()).revision;
    expect(second).not.toBe(first);
    await world.api.update('flow_nodes', ids.a, { title: 'a' });
    expect((await load()).revision).toBe(first);
    await world.api.update('workflows', workflow.id, { title: 'renamed', enabled: true });
    expect((await load()).revision).toBe(first);
  });

  it('is the same with and without appended nodes and chosen fields', async () => {
    await put(BRANCHED, { notes: [{ id: 'n', at: 'a', text: 'why' }] });
    const { revision } = await load();
    const get = async (params: object) => (await world.api.get('workflows:get', { filterByTk: workflow.id, ...params })).data;
    expect((await get({})).revision).toBe(revision);
    expect(await get({ fields: ['id', 'title'] })).toMatchObject({ revision, notes: [{ id: 'n', at: 'a', text: 'why' }] });
    expect((await get({ appends: ['nodes', 'stats', 'versionStats'] })).versionStats.executed).toBe(0);
  });

  it('answers all faults at once, with node and field, and stores nothing', async () => {
    const response = await put(
      [
        node('a', null, 'nobody'),
        node('b', 'a', null, { type: 'nope' }),
        node('c', 'b', null, { type: 'strict', config: { size: 0, name: 'n' } }),
      ],
      { trigger: { title: 'x'.repeat(300) } },
    );
    expect(response.status).toBe(400);
    expect(response.body.errors).toEqual([expect.objectContaining({ field: 'trigger.title' })]);
    const second = await put([
      node('a', null, 'nobody'),
      node('b', 'a', null, { type: 'nope' }),
      node('c', 'b', null, { type: 'strict', config: { size: 0, name: 'n' } }),
    ]);
    expect(second.status).toBe(400);
    expect(second.body.errors).toEqual([
      { nodeKey: 'a', field: 'downstream', message: '"downstream" is not a node of the workflow' },
      { nodeKey: 'b', field: 'type', message: 'Node type "nope" is not registered' },
      { nodeKey: 'c', field: 'config.size', message: '"size" must be greater than or equal to 1' },
    ]);
    expect(await world.storedGraph(workflow.id)).toEqual([]);
  });

  it('keeps what it has of a node that is sent without config, so that a refused one does not hold up the rest', async () => {
    const named = { size: 1, name: 'n' };
    await put([node('a', null, null, { type: 'strict', config: named })]);
    const strict = (key: string, links: [string | null, string | null], config: object) => node(key, ...links, { type: 'strict', config });
    const sent = [strict('a', [null, 'b'], { size: 0, name: 'n' }), strict('b', ['a', 'c'], { size: -1, name: 'n' }), node('c', 'b', null)];
    const { status, body } = await put(sent);
    const faults = body.errors.map(({ nodeKey, field }: any) => [nodeKey, field]).sort();
    expect([status, ...faults]).toEqual([400, ['a', 'config.size'], ['b', 'config.size']]);
    const withoutConfig = sent.map(({ config: _, ...rest }) => rest);
    expect((await put(withoutConfig)).status).toBe(200);
    expect(await world.storedGraph(workflow.id)).toEqual(['a', 'b', 'c']);
    const configs = (await load()).nodes.map(({ key, config }: any) => [key, config]).sort();
    expect(configs).toEqual([
      ['a', named],
      ['b', {}],
      ['c', {}],
    ]);
  });

  it('names the node of a malformed member', async () => {
    const { status, body } = await put([node('a', null, null, { branch: -1, config: [] })]);
    expect(status).toBe(400);
    expect(body.errors.map(({ nodeKey, field }: any) => [nodeKey, field])).toEqual([
      ['a', 'config'],
      ['a', 'branch'],
    ]);
  });

  it.each<[string, object[]]>([
    ['two heads', [node('a', null, null), node('b', null, null)]],
    ['a circle', [node('a', 'b', 'b'), node('b', 'a', 'a')]],
    ['links that disagree', [node('a', null, null), node('b', 'a', null)]],
    ['two nodes at one place', [node('a', null, 'b'), node('b', 'a', null), node('c', 'a', null)]],
    ['the same key twice', [node('a', null, null), node('a', null, null)]],
  ])('refuses %s', async (_title, nodes) => {
    const { status, body } = await put(nodes);
    expect([status, body.errors.length > 0]).toEqual([400, true]);
    expect(await world.count('flow_nodes', { workflowId: workflow.id })).toBe(0);
  });

  it('lets a version that is off have gaps, and tells them; one that is on may not', async () => {
    const nodes = [node('a', null, null, { type: 'strict', config: { size: 1 } })];
    const { status, data } = await put(nodes);
    expect([status, data.problems]).toEqual([200, [{ nodeKey: 'a', field: 'config.name', message: '"name" is required' }]]);
    await world.api.update('workflows', workflow.id, { enabled: true });
    expect(messages(await put(nodes))).toEqual(['"name" is required']);
  });

  it('refuses a type that is not available here', async () => {
    workflow = await world.workflow({ enabled: false, type: 'asyncTrigger' });
    const { status, body } = await put([node('a', null, null, { type: 'onlySync' })]);
    expect([status, body.errors[0].nodeKey]).toEqual([400, 'a']);
  });

  it('refuses a version that has been executed', async () => {
    await put([node('a', null, null)]);
    await world.api.update('workflows', workflow.id, { enabled: true });
    await world.trigger(workflow.id);
    await world.execution(workflow.id, ({ status }) => status === 1);
    const { status, body } = await put([node('a', null, null, { title: 'late' })]);
    expect([status, body.errors[0].code]).toEqual([400, 'WF_EXECUTED']);
    expect(await world.storedGraph(workflow.id)).toEqual(['a']);
  });

  it('saves trigger and notes, and a new version has the notes too', async () => {
    const notes = [{ id: 'n1', at: null, text: 'asked by sales', color: 'gold' }];
    const { status } = await save({ trigger: { title: 'When paid', config: { any: 1 } }, notes });
    expect(status).toBe(200);
    expect(await load()).toMatchObject({ triggerTitle: 'When paid', config: { any: 1 }, notes });
    const { data } = await world.api.post(`workflows:revision?filterByTk=${workflow.id}&filter[key]=${workflow.key}`);
    expect((await world.api.get('workflows:get', { filterByTk: data.id })).data.notes).toEqual(notes);
  });

  it('what the trigger does not take is refused with its field', async () => {
    workflow = await world.workflow({ enabled: true, type: 'collection', config: { collection: 'posts', mode: 1 } });
    const { status, body } = await save({ trigger: { config: { collection: 'nothing', mode: 1 } } });
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ field: 'trigger.config.collection' })]]);
    expect((await load()).config.collection).toBe('posts');
  });

  it('an enabled version listens to its new trigger at once', async () => {
    workflow = await world.workflow({ enabled: true, type: 'collection', config: { collection: 'posts', mode: 1 }, sync: true });
    await save({ trigger: { config: { collection: 'tags', mode: 1 } } });
    await world.api.create('tags', { name: 'red' });
    await world.execution(workflow.id, ({ status }) => status === 1);
  });

  it('emits the hooks of nodes, and notes who changed the version', async () => {
    const seen: string[] = [];
    const { db } = world.host;
    const listen = (name: string) => db.on(`flow_nodes.${name}`, (row: { key: string }) => void seen.push(`${name} ${row.key}`));
    for (const name of ['afterCreate', 'afterUpdate', 'afterDestroy']) listen(name);
    await put([node('a', null, 'b'), node('b', 'a', null)]);
    await save({ nodes: { put: [node('a', null, null, { title: 'A' })], remove: ['b'] } });
    expect(seen).toEqual(['afterCreate a', 'afterCreate b', 'afterDestroy b', 'afterUpdate a']);
    const row = await world.repository('workflows').findOne({ filterByTk: workflow.id });
    expect(row.updatedById).toBeTruthy();
  });

  it('two at once: one wins, the other is told', async () => {
    const { revision } = (await put([node('a', null, null)])).data;
    const answers = await Promise.all(
      ['x', 'y'].map((title) => put([node('a', null, null, { title })], { base: revision })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('an unknown version is 404', async () => {
    workflow = { id: 1 } as WorkflowModel;
    expect((await put([])).status).toBe(404);
  });
});
