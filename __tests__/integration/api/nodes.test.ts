import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FlowNodeModel, WorkflowModel } from '../../../src/server/contract';
import { DIALECTS } from '../../helpers/dialects';
import { ApiWorld, messages, type Graph } from './world';

describe.each(DIALECTS)('actions on nodes, %s', (dialect) => {
  let world: ApiWorld;
  beforeAll(async () => {
    world = await ApiWorld.create({ dialect });
  });
  afterAll(() => world?.host.close());

  /** A workflow with the graph. */
  async function given(graph: Graph): Promise<{ workflow: WorkflowModel; nodes: Record<string, FlowNodeModel> }> {
    const workflow = await world.workflow({ enabled: false });
    return { workflow, nodes: await world.graph(workflow.id, graph) };
  }

  const setExecuted = (id: unknown, executed: number | string) =>
    world.repository('workflowVersionStats').update({ filterByTk: id as number, values: { executed } });

  describe('create', () => {
    it('N1: answers the columns of the node', async () => {
      const { workflow } = await given([]);
      expect(await world.node(workflow.id, { key: 'mine', config: { a: 1 } })).toMatchObject({
        type: 'echo',
        key: 'mine',
        config: { a: 1 },
        workflowId: workflow.id,
        upstreamId: null,
      });
    });

    it('N2: notes the user on the workflow, without hooks', async () => {
      const admin = await world.user(['admin']);
      const { workflow } = await given([]);
      const created = await admin.post(`workflows/${workflow.id}/nodes:create`, { type: 'echo' });
      expect((await world.repository('workflows').findOne({ filterByTk: workflow.id })).updatedById).toBe(admin.userId);
      await world.repository('workflows').update({ filterByTk: workflow.id, values: { updatedById: 1 } });
      await admin.post(`flow_nodes:update?filterByTk=${created.data.id}`, { title: 'x' });
      expect((await world.repository('workflows').findOne({ filterByTk: workflow.id })).updatedById).toBe(admin.userId);
    });

    it.each([1, '10000000000000001'])('N3: refused when executed %s times', async (times) => {
      const { workflow } = await given([]);
      await setExecuted(workflow.id, times);
      const response = await world.api.post(`workflows/${workflow.id}/nodes:create`, { type: 'echo' });
      expect([response.status, messages(response)]).toEqual([400, ['Node could not be created in executed workflow']]);
    });

    it('refused while a run only waits for its turn', async () => {
      const { workflow } = await given([]);
      await world
        .repository('executions')
        .create({ values: { workflowId: workflow.id, key: workflow.key, eventKey: `e${workflow.id}` } });
      expect((await world.api.post(`workflows/${workflow.id}/nodes:create`, { type: 'echo' })).status).toBe(400);
    });

    it.each<[string, Graph, string | null, number | null, Graph]>([
      ['N4: as a second head', ['a'], null, null, ['new', 'a']],
      ['N5: between two', ['a', 'b'], 'a', null, ['a', 'new', 'b']],
      ['N6: as head of a branch', ['a', 'b'], 'a', 1, [['a', { 1: ['new'] }], 'b']],
      ['before the head of a branch', [['a', { 1: ['b'] }]], 'a', 1, [['a', { 1: ['new', 'b'] }]]],
    ])('%s', async (_title, before, upstream, branchIndex, after) => {
      const { workflow, nodes } = await given(before);
      await world.node(workflow.id, { title: 'new', upstreamId: upstream && nodes[upstream]!.id, branchIndex });
      expect(await world.storedGraph(workflow.id)).toEqual(after);
    });

    describe('with a limit', () => {
      afterEach(() => {
        delete process.env.WORKFLOW_NODES_LIMIT;
      });

      it('N7: refuses the third of two', async () => {
        process.env.WORKFLOW_NODES_LIMIT = '2';
        const { workflow } = await given(['a', 'b']);
        const response = await world.api.post(`workflows/${workflow.id}/nodes:create`, { type: 'echo' });
        expect([response.status, messages(response)]).toEqual([
          400,
          ['The number of nodes in a workflow cannot exceed 2'],
        ]);
      });
    });

    it('several at once leave one consistent chain', async () => {
      const { workflow } = await given(['a']);
      const titles = ['b', 'c', 'd', 'e'];
      await Promise.all(titles.map((title) => world.node(workflow.id, { title })));
      expect((await world.storedGraph(workflow.id)).toSorted()).toEqual(['a', ...titles]);
    });
  });

  describe('duplicate', () => {
    it('N8, N9: a new key; config from the type or from the body', async () => {
      const { workflow } = await given([]);
      const origin = await world.node(workflow.id, { config: { duplicateFlag: true } });
      const adapted = await world.api.post(`flow_nodes:duplicate?filterByTk=${origin.id}`, {
        upstreamId: origin.id,
        key: origin.key,
      });
      expect(adapted.data.key).not.toBe(origin.key);
      expect(adapted.data.config).toEqual({ duplicateFlag: true, duplicated: true });
      const given2 = await world.api.post(`flow_nodes:duplicate?filterByTk=${origin.id}`, {
        upstreamId: origin.id,
        config: { b: 2 },
      });
      expect(given2.data.config).toEqual({ b: 2 });
    });

    it.each<[string, Graph, string | null, number | null, Graph]>([
      ['N10: as head', ['x', 'b'], null, null, ['x', 'x', 'b']],
      ['N11: before a downstream', ['x', 'b'], 'x', null, ['x', 'x', 'b']],
      ['N12, N13: as head of a branch', ['x', ['a', { 0: ['b'] }]], 'a', 0, ['x', ['a', { 0: ['x', 'b'] }]]],
      [
        'N14: in the middle of a branch',
        ['x', ['a', { 0: ['b', 'c'] }]],
        'b',
        null,
        ['x', ['a', { 0: ['b', 'x', 'c'] }]],
      ],
      ['N15: at the end of a branch', ['x', ['a', { 0: ['b'] }], 'c'], 'b', null, ['x', ['a', { 0: ['b', 'x'] }], 'c']],
    ])('%s', async (_title, before, upstream, branchIndex, after) => {
      const { workflow, nodes } = await given(before);
      const values = { upstreamId: upstream && nodes[upstream]!.id, branchIndex };
      expect((await world.api.post(`flow_nodes:duplicate?filterByTk=${nodes.x!.id}`, values)).status).toBe(200);
      expect(await world.storedGraph(workflow.id)).toEqual(after);
    });
  });

  describe('destroy', () => {
    it('N16: refused after an execution', async () => {
      const { workflow, nodes } = await given(['a']);
      await setExecuted(workflow.id, 1);
      const response = await world.api.post(`flow_nodes:destroy?filterByTk=${nodes.a!.id}`);
      expect([response.status, messages(response)]).toEqual([400, ['Nodes in executed workflow could not be deleted']]);
    });

    it.each<[string, Graph, string, Graph]>([
      ['N17: with nested branches', ['a', ['x', { 0: ['b', ['c', { 1: ['d'] }]] }], 'e'], '', ['a', 'e']],
      ['N20: keeping branch 0', ['a', ['x', { 0: ['b', 'c'], 1: ['d'] }], 'e'], '&keepBranch=0', ['a', 'b', 'c', 'e']],
      ['N21: keeping branch 1', ['a', ['x', { 0: ['b', 'c'], 1: ['d'] }], 'e'], '&keepBranch=1', ['a', 'd', 'e']],
      [
        'N26: inside a branch',
        [['a', { 1: [['x', { 0: ['b'] }], 'c'] }], 'd'],
        '&keepBranch=0',
        [['a', { 1: ['b', 'c'] }], 'd'],
      ],
    ])('%s', async (_title, before, query, after) => {
      const { workflow, nodes } = await given(before);
      const response = await world.api.post(`flow_nodes:destroy?filterByTk=${nodes.x!.id}${query}`);
      expect(response.data).toMatchObject({ id: nodes.x!.id, workflow: { id: workflow.id } });
      expect(await world.storedGraph(workflow.id)).toEqual(after);
    });

    it('N22: kept nodes keep their keys', async () => {
      const { workflow, nodes } = await given([['x', { 0: ['b'] }]]);
      await world.api.post(`flow_nodes:destroy?filterByTk=${nodes.x!.id}&keepBranch=0`);
      expect(await world.count('flow_nodes', { workflowId: workflow.id, key: nodes.b!.key })).toBe(1);
    });

    it.each([
      ['1', '1'],
      ['a', 'NaN'],
    ])('N18, N19: a branch %s that is not there', async (index, named) => {
      const { workflow, nodes } = await given([['x', { 0: ['b'] }]]);
      const response = await world.api.post(`flow_nodes:destroy?filterByTk=${nodes.x!.id}&keepBranch=${index}`);
      expect([response.status, messages(response)]).toEqual([400, [`Branch ${named} not found`]]);
      expect(await world.storedGraph(workflow.id)).toEqual([['x', { 0: ['b'] }]]);
    });
  });

  describe('destroyBranch', () => {
    it('N28: refused after an execution', async () => {
      const { workflow, nodes } = await given([['x', { 0: ['b'] }]]);
      await setExecuted(workflow.id, 1);
      const response = await world.api.post(`flow_nodes:destroyBranch?filterByTk=${nodes.x!.id}&branchIndex=0`);
      expect([response.status, messages(response)]).toEqual([
        400,
        ['Branches in executed workflow could not be deleted'],
      ]);
    });

    it.each<[string, Graph, string, Graph, string | null]>([
      [
        'N29: recursively',
        [['x', { 0: [['b', { 1: ['c'] }]], 1: ['d'] }], 'e'],
        'branchIndex=0',
        [['x', { 1: ['d'] }], 'e'],
        'b',
      ],
      [
        'N30: shifting the others',
        [['x', { 0: ['b'], 1: ['c'], 2: ['d'] }]],
        'branchIndex=0&shift=1',
        [['x', { 0: ['c'], 1: ['d'] }]],
        'b',
      ],
      ['N31: an empty one, shifting', [['x', { 2: ['d'] }]], 'branchIndex=1&shift=1', [['x', { 1: ['d'] }]], null],
      ['N32: leaving a gap', [['x', { 0: ['b'], 1: ['c'] }]], 'branchIndex=0', [['x', { 1: ['c'] }]], 'b'],
    ])('%s', async (_title, before, query, after, head) => {
      const { workflow, nodes } = await given(before);
      const response = await world.api.post(`flow_nodes:destroyBranch?filterByTk=${nodes.x!.id}&${query}`);
      expect([response.status, response.data?.title ?? null]).toEqual([head ? 200 : 204, head]);
      expect(await world.storedGraph(workflow.id)).toEqual(after);
    });

    it.each([
      ['', 'branchIndex is required'],
      ['&branchIndex=a', 'branchIndex must be a number'],
    ])('refuses %j', async (query, message) => {
      const { nodes } = await given(['x']);
      const response = await world.api.post(`flow_nodes:destroyBranch?filterByTk=${nodes.x!.id}${query}`);
      expect([response.status, messages(response)]).toEqual([400, [message]]);
    });
  });

  describe('move', () => {
    it.each<[string, Graph, string | null, number | null, Graph]>([
      ['N33: to the head', ['a', 'b', 'x'], null, null, ['x', 'a', 'b']],
      ['N34: into a branch', [['a', { 0: ['b'] }], 'x', 'c'], 'a', 0, [['a', { 0: ['x', 'b'] }], 'c']],
      ['N40: out of a branch', [['a', { 1: ['x', 'b'] }], 'c'], 'c', null, [['a', { 1: ['b'] }], 'c', 'x']],
    ])('%s', async (_title, before, upstream, branchIndex, after) => {
      const { workflow, nodes } = await given(before);
      const values = { upstreamId: upstream && nodes[upstream]!.id, branchIndex };
      const response = await world.api.post(`flow_nodes:move?filterByTk=${nodes.x!.id}`, values);
      expect(response.data).toMatchObject({ id: nodes.x!.id, upstreamId: values.upstreamId });
      expect(await world.storedGraph(workflow.id)).toEqual(after);
    });

    it.each<[string, (nodes: Record<string, FlowNodeModel>, foreign: FlowNodeModel) => object, number, string]>([
      ['N35: to where it is', ({ a }) => ({ upstreamId: a!.id }), 400, 'Node does not need to be moved'],
      ['N36: below itself', ({ x }) => ({ upstreamId: x!.id }), 400, 'Invalid upstream node'],
      ['below its own branch', ({ b }) => ({ upstreamId: b!.id }), 400, 'Invalid upstream node'],
      ['N37: below nothing', () => ({ upstreamId: 7 }), 404, 'Upstream node not found'],
      [
        'N38: into another workflow',
        (_nodes, foreign) => ({ upstreamId: foreign.id }),
        400,
        'Upstream node is not in the same workflow',
      ],
      ['N39: to no number', ({ a }) => ({ upstreamId: a!.id, branchIndex: 'q' }), 400, 'branchIndex must be a number'],
    ])('refuses %s', async (_title, values, status, message) => {
      const { workflow, nodes } = await given(['a', ['x', { 0: ['b'] }]]);
      const foreign = await given(['f']);
      const response = await world.api.post(
        `flow_nodes:move?filterByTk=${nodes.x!.id}`,
        values(nodes, foreign.nodes.f!),
      );
      expect([response.status, messages(response)]).toEqual([status, [message]]);
      expect(await world.storedGraph(workflow.id)).toEqual(['a', ['x', { 0: ['b'] }]]);
    });
  });

  describe('update', () => {
    it('takes the rest of the chain into a branch, the way the editor asks for it', async () => {
      const { workflow, nodes } = await given(['a', 'x', 'b']);
      const values = { branchIndex: 1, upstream: { id: nodes.a!.id, downstreamId: null } };
      const response = await world.api.post(
        `flow_nodes:update?filterByTk=${nodes.x!.id}&updateAssociationValues[]=upstream`,
        values,
      );
      expect(response.status).toBe(200);
      expect(await world.storedGraph(workflow.id)).toEqual([['a', { 1: ['x', 'b'] }]]);
    });

    it('refused after an execution', async () => {
      const { workflow, nodes } = await given(['a']);
      await setExecuted(workflow.id, 1);
      const response = await world.api.post(`flow_nodes:update?filterByTk=${nodes.a!.id}`, { title: 'b' });
      expect([response.status, messages(response)]).toEqual([
        400,
        ['Nodes in executed workflow could not be reconfigured'],
      ]);
    });
  });

  describe('test', () => {
    it('N41, N42, N43: what the type answers', async () => {
      const none = await world.api.post('flow_nodes:test', { type: 'error', config: {} });
      expect([none.status, messages(none)]).toEqual([400, ['test method of instruction "error" not implemented']]);
      expect((await world.api.post('flow_nodes:test', { type: 'echo', config: {} })).data).toEqual({
        status: 1,
        result: null,
      });
      expect((await world.api.post('flow_nodes:test', { type: 'pending' })).data).toEqual({ status: 0 });
      expect((await world.api.post('flow_nodes:test', { type: 'nope' })).status).toBe(400);
    });
  });
});
