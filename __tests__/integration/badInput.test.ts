import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIALECTS } from '../helpers/dialects';
import { startHost } from '../helpers/host';
import { BadInputWorld, HUGE, NO_INDEXES, NO_TEXTS, withoutTimes, wrong, type Case } from './badInputWorld';

/** Whatever a definition is sent with, the answer is a 4xx that names what is wrong, and nothing is saved. */
describe.each(DIALECTS.filter((dialect) => dialect !== 'mariadb'))('bad input on %s', (dialect) => {
  let world: BadInputWorld;

  beforeAll(async () => {
    world = await BadInputWorld.create(await startHost({ dialect }));
  });

  afterAll(() => world?.matrix.host.close());

  describe('the graph', () => {
    it('unknown node types', () =>
      world.expectRefused([
        ...['nope', '', 'constructor', '__proto__', 'toString', 'x'.repeat(300), null, 5, {}, ['end']].map((type) => ({
          path: world.createNode,
          body: { type },
          names: /type/,
        })),
        { path: world.createNode, body: {}, names: 'Node type is required' },
        { path: world.createNode, body: { type: 'nope' }, names: '"nope"' },
        { path: `flow_nodes:update?filterByTk=${world.nodes.last.id}`, body: { type: 'nope' }, names: '"nope"' },
        { path: 'flow_nodes:test', body: { type: 'nope', config: {} }, names: '"nope"' },
        { path: 'flow_nodes:test', body: { config: {} }, names: 'type' },
        { path: 'workflows:create', body: { type: 'nope' }, names: '"nope"' },
        { path: 'workflows:create', body: {}, names: 'Trigger type is required' },
      ]));

    it('cycles', () =>
      world.expectRefused([
        ...[world.nodes.condition.id, world.nodes.inYes.id].flatMap((upstreamId) =>
          [null, 0, 1].map((branchIndex) => ({
            path: `flow_nodes:move?filterByTk=${world.nodes.condition.id}`,
            body: { upstreamId, branchIndex },
            names: 'upstream',
          })),
        ),
        ...(['upstreamId', 'downstreamId'] as const).flatMap((field) =>
          [world.nodes.first.id, world.nodes.condition.id, world.nodes.inYes.id, world.nodes.foreign.id, 7].map((id) => ({
            path: `flow_nodes:update?filterByTk=${world.nodes.first.id}`,
            body: { [field]: field === 'downstreamId' && id === world.nodes.condition.id ? world.nodes.last.id : id },
            names: field,
          })),
        ),
        { path: `flow_nodes:update?filterByTk=${world.nodes.condition.id}`, body: { upstream: { id: world.nodes.last.id } }, names: 'upstreamId' },
        { path: `flow_nodes:update?filterByTk=${world.nodes.condition.id}`, body: { workflowId: 7 }, names: 'workflowId' },
        { path: `workflows/${world.workflow.id}/nodes:set`, body: [world.nodes.foreign.id], names: 'not available' },
        { path: `workflows/${world.workflow.id}/nodes:add?filterByTk=${world.nodes.foreign.id}`, names: 'not available' },
      ]));

    it('links in the body of a new node are not taken over', async () => {
      const before = await world.everything();
      const { data } = await world.root.post(world.createNode, {
        type: 'end',
        upstreamId: world.nodes.last.id,
        downstreamId: world.nodes.first.id,
        workflowId: world.nodes.foreign.workflowId,
      });
      expect(data).toMatchObject({ workflowId: world.workflow.id, upstreamId: world.nodes.last.id, downstreamId: null });
      const { problems } = (await world.root.get('workflows:validate', { filterByTk: world.workflow.id })).data;
      expect(problems.filter(({ code }: { code: string }) => !code.startsWith('invalid-config'))).toEqual([]);
      await world.root.destroy('flow_nodes', { filterByTk: data.id });
      expect(withoutTimes(await world.everything())).toEqual(withoutTimes(before));
    });

    it('wrong places', () => {
      const targets = [world.createNode, `flow_nodes:duplicate?filterByTk=${world.nodes.first.id}`, `flow_nodes:move?filterByTk=${world.nodes.first.id}`];
      return world.expectRefused(
        targets.flatMap((path) => [
          ...NO_INDEXES.map((branchIndex) => ({
            path,
            body: { type: 'end', upstreamId: world.nodes.condition.id, branchIndex },
            names: 'branchIndex',
          })),
          ...['abc', 1.5, 1e30, true, {}, [], [1], HUGE].map((upstreamId) => ({
            path,
            body: { type: 'end', upstreamId },
            names: 'upstreamId',
          })),
          ...[0, 7, '7', -1].map((upstreamId) => ({ path, body: { type: 'end', upstreamId }, names: /[Uu]pstream/ })),
          { path, body: { type: 'end', upstreamId: world.nodes.foreign.id }, names: /[Uu]pstream/ },
        ]),
      );
    });

    it('wrong branches', () =>
      world.expectRefused([
        ...['abc', '1.5', '-1', HUGE, '{}', '[]', 'null', 'true'].map((index) => ({
          path: `flow_nodes:destroyBranch?filterByTk=${world.nodes.condition.id}&branchIndex=${encodeURIComponent(index)}`,
          names: 'branchIndex',
        })),
        { path: `flow_nodes:destroyBranch?filterByTk=${world.nodes.condition.id}`, names: 'branchIndex is required' },
        ...['abc', '7', '1.5', HUGE, '{}', '[]'].map((index) => ({
          path: `flow_nodes:destroy?filterByTk=${world.nodes.condition.id}&keepBranch=${encodeURIComponent(index)}`,
          names: 'Branch',
        })),
        ...NO_INDEXES.map((branchIndex) => ({
          path: `flow_nodes:update?filterByTk=${world.nodes.inYes.id}`,
          body: { branchIndex },
          names: 'branchIndex',
        })),
        { path: `flow_nodes:update?filterByTk=${world.nodes.first.id}`, body: { branchIndex: 1 }, names: 'branchIndex' },
      ]));

    it('a node of an executed version', () => {
      const { nodeId, executionId } = world.waiting.job;
      expect(executionId).toBe(world.waiting.execution.id);
      const body = { type: 'end', upstreamId: null };
      return world.expectRefused([
        { path: `workflows/${world.waiting.execution.workflowId}/nodes:create`, body, names: 'executed' },
        ...['update', 'destroy', 'move', 'duplicate'].map((action) => ({
          path: `flow_nodes:${action}?filterByTk=${nodeId}`,
          body: { upstreamId: null },
          names: /executed|need to be moved/,
        })),
      ]);
    });
  });

  describe('configs', () => {
    const expressions: Array<[engine: string, expression: string]> = [
      ['math.js', '1 +'],
      ['math.js', '((1)'],
      ['math.js', '{{$context.data.a'],
      ['math.js', '{{$context.data.a}} {{$context.data.b}'],
      ['formula.js', 'SUM(1,'],
      ['formula.js', '1 2'],
      ['formula.js', 'if ('],
      ['formula.js', '"abc'],
    ];

    it('expressions that do not parse', () =>
      world.expectRefused(
        expressions.flatMap(([engine, expression]) => {
          const configs: Array<[string, object]> = [
            ['calculation', { engine, expression }],
            ['condition', { engine, expression, rejectOnFalse: false }],
            ['multi-conditions', { conditions: [{ engine, expression }] }],
          ];
          return configs.flatMap(([type, config]) => [
            { path: world.createNode, body: { type, config }, names: 'expression' },
            ...(type === 'multi-conditions' ? [] : [{ path: 'flow_nodes:test', body: { type, config }, names: 'expression' }]),
          ]);
        }),
      ));

    it('unknown collections', () =>
      world.expectRefused(
        ['nope', 'main:nope', 'nope:posts', ':posts', 'posts:', 'a:b:c', ' posts', 'constructor', '__proto__'].flatMap((collection) => [
          ...['query', 'create', 'update', 'destroy'].map((type) => ({
            path: world.createNode,
            body: { type, config: { collection, params: { filter: { id: 1 }, values: {} } } },
            names: /[Cc]ollection|Data source/,
          })),
          ...[{ type: 'collection', mode: 1 }, { type: 'action' }, { type: 'schedule', mode: 1 }].map(({ type, ...config }) => ({
            path: 'workflows:create',
            body: { type, config: { ...config, collection } },
            names: /[Cc]ollection|Data source/,
          })),
        ]),
      ));

    it('unknown fields', () => {
      const unknown = ['nope', 'category.nope', 'title.nope', 'nope.nope', 'toString', '__proto', 'n'.repeat(10_000)];
      return world.expectRefused(
        unknown.flatMap((name) => {
          const shown = new RegExp(name.slice(0, 100).replace('.', '|'));
          const filters = [{ [name]: 1 }, { $and: [{ [name]: { $eq: 1 } }] }, { $or: [{ $and: [{ [name]: 1 }] }] }];
          const node = (type: string, params: object) => ({
            path: world.createNode,
            body: { type, config: { collection: 'posts', params } },
            names: shown,
          });
          const trigger = (type: string, config: object) => ({
            path: 'workflows:create',
            body: { type, config: { collection: 'posts', ...config } },
            names: shown,
          });
          return [
            ...filters.flatMap((filter) => [
              ...['query', 'update', 'destroy'].map((type) => node(type, { filter })),
              trigger('collection', { mode: 1, condition: filter }),
            ]),
            ...(name.includes('.') ? [] : ['create', 'update'].map((type) => node(type, { filter: { id: 1 }, values: { [name]: 1 } }))),
            node('query', { appends: [name] }),
            node('query', { fields: [name] }),
            node('query', { sort: [{ field: name, direction: 'asc' }] }),
            node('create', { values: {}, appends: [name] }),
            trigger('collection', { mode: 2, changed: [name] }),
            trigger('collection', { mode: 2, appends: [name] }),
            trigger('action', { appends: [name] }),
            trigger('schedule', { mode: 1, startsOn: { field: name } }),
            trigger('schedule', { mode: 1, startsOn: { field: 'title' }, endsOn: { field: name } }),
            trigger('schedule', { mode: 1, startsOn: { field: 'title' }, appends: [name] }),
          ];
        }),
      );
    });

    it('schedules that never make sense', () =>
      world.expectRefused([
        ...['x', '* * *', '60 * * * *', '* * * * * * * *', 'L'.repeat(10_000)].map((repeat) => ({
          path: 'workflows:create',
          body: { type: 'schedule', config: { mode: 0, startsOn: '2040-01-01T00:00:00Z', repeat } },
          names: 'repeat',
        })),
        ...['Mars/Base', 'x'.repeat(10_000), {}, 5].map((timezone) => ({
          path: 'workflows:create',
          body: { type: 'schedule', config: { mode: 0, timezone } },
          names: 'timezone',
        })),
        ...['yesterday', '2040-13-45', {}, [], true].map((startsOn) => ({
          path: 'workflows:create',
          body: { type: 'schedule', config: { mode: 0, startsOn } },
          names: 'startsOn',
        })),
      ]));
  });

  describe('fields of the body', () => {
    it('of workflows', () => {
      const base = { type: 'action' };
      const key = `filterByTk=${world.workflow.id}`;
      const both = ['workflows:create', `workflows:update?${key}`];
      const all = [...both, `workflows:revision?${key}`];
      const options = (name: string, values: unknown[]): Case[] =>
        all.flatMap((path) => values.map((value) => ({ path, body: { ...base, options: { [name]: value } }, names: `options.${name}` })));
      const numbers = ['5', true, {}, [], -1, 1.5, 1e300];
      return world.expectRefused([
        ...wrong(NO_TEXTS, 'title', all, base),
        ...wrong(NO_TEXTS, 'description', all, base),
        ...wrong(NO_TEXTS, 'triggerTitle', all, base),
        ...wrong(['yes', 1, {}, []], 'enabled', all, base),
        ...wrong(['text', 5, true, [], [1]], 'config', both, base),
        ...wrong(['text', 5, true, [], [1]], 'options', all, base),
        ...options('timeout', [...numbers, 181 * 24 * 3600 * 1000]),
        ...options('stackLimit', [...numbers, 0]),
        ...options('concurrency', [...numbers, 0]),
        ...options('deleteExecutionOnStatus', ['text', 1, true, {}, ['a'], [{}], [1.5]]),
        ...wrong(['text', 5, true, {}, ['abc'], [{}], [[]], [7], [{ id: 7 }], [1e300]], 'categories', all, base),
        ...wrong([5, true, {}, [], 'no good', 'y'.repeat(10_000)], 'key', ['workflows:create'], base),
        ...wrong(['yes', 1, {}, []], 'sync', ['workflows:create'], base),
        ...wrong(['yes', 1, {}, []], 'current', ['workflows:create'], base),
        ...wrong(['abc', 1.5, {}, [], true, 1e300, HUGE], 'id', ['workflows:create'], base),
        { path: 'workflows:create', body: { ...base, id: world.workflow.id }, names: /id/i },
        { path: `workflows:revision?${key}&filter=${JSON.stringify({ key: 5 })}`, names: 'filter.key' },
        { path: `workflows:revision?${key}&filter=${JSON.stringify({ key: { $ne: 0 } })}`, names: 'filter.key' },
      ]);
    });

    it('of nodes', () => {
      const base = { type: 'end' };
      const update = `flow_nodes:update?filterByTk=${world.nodes.last.id}`;
      return world.expectRefused([
        ...wrong(NO_TEXTS, 'title', [world.createNode, update], base),
        ...wrong([5, true, {}, [], 'no good', 'y'.repeat(10_000), world.nodes.first.key], 'key', [world.createNode], base),
        ...wrong(['text', 5, true, [], null], 'config', [world.createNode, update, `flow_nodes:duplicate?filterByTk=${world.nodes.last.id}`], base),
        { path: `workflows/abc/nodes:create`, body: base, names: 'sourceId' },
        { path: `workflows/7/nodes:create`, body: base, names: 'Workflow not found' },
        { path: `workflows/0/nodes:create`, body: base, names: 'Workflow not found' },
        { path: 'flow_nodes:create', body: base, names: 'workflowId' },
        { path: 'flow_nodes:create', body: { ...base, workflowId: { $ne: 0 } }, names: 'workflowId' },
      ]);
    });

    it('of runs and jobs', () => {
      const resume = `jobs:resume?filterByTk=${world.waiting.job.id}`;
      const rerun = `executions:rerun?filterByTk=${world.waiting.execution.id}`;
      return world.expectRefused([
        ...wrong(['text', true, {}, [], 1.5, 1e300, null], 'status', [resume]),
        ...wrong([5, true, {}, []], 'log', [resume]),
        { path: resume, body: { result: { a: 'b\u0000' } }, names: 'result' },
        ...wrong(['text', true, {}, [], 1.5, 1e300, 0, 7, world.nodes.first.id, { $ne: 0 }], 'nodeId', [rerun]),
        ...wrong(['text', 1, {}, []], 'overwrite', [rerun]),
      ]);
    });

    it('of categories', () =>
      world.expectRefused([
        ...wrong([{}, [], ['a'], { $ne: 1 }], 'title', ['workflowCategories:create', `workflowCategories:update?filterByTk=${world.category.id}`]),
        ...wrong([{}, [], ['a']], 'color', ['workflowCategories:create']),
        { path: 'workflowCategories:move?targetId=1', names: 'sourceId' },
        { path: `workflowCategories:move?sourceId=abc&targetId=${world.category.id}`, names: 'sourceId' },
        { path: `workflowCategories:move?sourceId=${world.category.id}&targetId=7`, names: 'targetId' },
        { path: `workflowCategories:move?sourceId=${world.category.id}&targetId=${world.category.id}&sortField=id`, names: 'sortField' },
      ]));

    it('of an execution by hand', async () => {
      const onUpdate = await world.root.create('workflows', { type: 'collection', config: { collection: 'posts', mode: 2 } });
      const byHand = (id: number) => `workflows:execute?filterByTk=${id}`;
      const nobody = ['abc', 0, 7, -1, 1e30, true, {}, [], [1], { $ne: 0 }, { id: { $ne: 0 } }];
      await world.expectRefused([
        ...nobody.map((userId) => ({ path: byHand(world.workflow.id), body: { data: { id: 1 }, userId }, names: /user/i })),
        ...[0, '', null, false].map((data) => ({ path: byHand(world.workflow.id), body: { data, userId: 1 }, names: /[Dd]ata/ })),
        ...['abc', 7, true, [], [1], { $ne: 0 }, { id: { $ne: 0 } }, 1e300].map((data) => ({
          path: byHand(world.workflow.id),
          body: { data, userId: 7 },
          names: /user|data/i,
        })),
      ]);
      for (const data of ['abc', 7, true, [], [1], { $ne: 0 }, { id: { $ne: 0 } }, 1e300, HUGE, null]) {
        const { status } = await world.root.post(byHand(onUpdate.id), { data });
        expect([data, status >= 500]).toEqual([data, false]);
      }
      await world.root.destroy('workflows', { filterByTk: onUpdate.id });
    });
  });

  it('the host is alive, has broken nowhere, and the run that waited can go on', () => world.expectAlive());
});
