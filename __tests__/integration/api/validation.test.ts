import Joi from 'joi';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FlowNodeModel, InstructionInterface, WorkflowModel } from '../../../src/server/contract';
import { DIALECTS } from '../../helpers/dialects';
import { ApiWorld, messages } from './world';

const run = () => ({ status: 1 });

const instructions: Record<string, InstructionInterface> = {
  withSchema: {
    run,
    test: run,
    configSchema: Joi.object({ required: Joi.string().required(), percent: Joi.number().min(0).max(100) }),
  },
  withFunction: {
    run,
    validateConfig: ({ a, b }) => (a && b ? { a: 'a and b exclude each other' } : null),
  },
  withThrow: {
    run,
    validateConfig: ({ list }) => list.map(String) && null,
  },
  onlySync: { run, test: run, isAvailable: (workflow) => workflow.type === 'syncTrigger' },
};

describe.each(DIALECTS)('validation, %s', (dialect) => {
  let world: ApiWorld;
  let workflow: WorkflowModel;
  beforeAll(async () => {
    world = await ApiWorld.create({ dialect, instructions });
  });
  afterAll(() => world?.host.close());
  beforeEach(async () => {
    workflow = await world.workflow({ enabled: false });
  });

  const createNode = (values: object) => world.api.post(`workflows/${workflow.id}/nodes:create`, values);

  it.each<[string, object, number, string?]>([
    ['V1: no type', {}, 400, 'Node type is required'],
    ['V2: an unknown type', { type: 'nope' }, 400, 'Node type "nope" is not registered'],
    ['V3: any config without a schema', { type: 'echo', config: { a: [1] } }, 200],
    ['V4: no config', { type: 'withSchema' }, 200],
    ['V5: a valid config', { type: 'withSchema', config: { required: 'a', percent: 5 } }, 200],
    ['V6: a missing field', { type: 'withSchema', config: {} }, 400, '"required" is required'],
    [
      'V7: a number out of range',
      { type: 'withSchema', config: { required: 'a', percent: 101 } },
      400,
      '"percent" must be less than or equal to 100',
    ],
    ['V8: an unknown field', { type: 'withSchema', config: { required: 'a', more: 1 } }, 200],
    ['V9, V10: a check of its own', { type: 'withFunction', config: { a: 1 } }, 200],
    [
      'V11: a check of its own that fails',
      { type: 'withFunction', config: { a: 1, b: 1 } },
      400,
      'a and b exclude each other',
    ],
    ['V13: an available type', { type: 'onlySync' }, 200],
  ])('%s', async (_title, values, status, message) => {
    const response = await createNode(values);
    expect([response.status, messages(response)[0]]).toEqual([status, message]);
    expect(await world.count('flow_nodes', { workflowId: workflow.id })).toBe(status === 200 ? 1 : 0);
  });

  it('V12: an unavailable type', async () => {
    workflow = await world.workflow({ type: 'asyncTrigger' });
    const response = await createNode({ type: 'onlySync' });
    expect([response.status, messages(response)]).toEqual([
      400,
      ['Node type "onlySync" is not available in the current workflow'],
    ]);
  });

  it('V14, V15, V16: an update is checked as a whole', async () => {
    const node = await world.node(workflow.id, { type: 'withSchema', config: { required: 'a' } });
    const update = (values: object) => world.api.post(`flow_nodes:update?filterByTk=${node.id}`, values);
    expect((await update({ config: { required: 'b' } })).data[0].config).toEqual({ required: 'b' });
    expect(messages(await update({ config: {} }))).toEqual(['"required" is required']);
    expect(messages(await update({ type: 'nope' }))).toEqual(['Node type "nope" is not registered']);
    expect((await world.repository('flow_nodes').findOne({ filterByTk: node.id })).config).toEqual({ required: 'b' });
  });

  it('V17, V18: neither update nor test ask whether the type is available', async () => {
    const node = await world.node(workflow.id, { type: 'onlySync' });
    await world.host.db.getModel('workflows').update({ type: 'asyncTrigger' }, { where: { id: workflow.id } });
    expect((await world.api.post(`flow_nodes:update?filterByTk=${node.id}`, { config: { a: 1 } })).status).toBe(200);
    expect((await world.api.post('flow_nodes:test', { type: 'onlySync', config: {} })).status).toBe(200);
    expect(messages(await world.api.post('flow_nodes:test', { type: 'withSchema', config: {} }))).toEqual([
      '"required" is required',
    ]);
  });

  describe('bad input answers 4xx, names the field, saves nothing', () => {
    const HUGE = 'x'.repeat(300);
    let node: FlowNodeModel;
    let before: unknown;

    const state = async () => ({
      workflows: await world.count('workflows', {}),
      workflow: (await world.repository('workflows').findOne({ filterByTk: workflow.id })).toJSON(),
      nodes: (await world.repository('flow_nodes').find({ filter: { workflowId: workflow.id }, sort: 'id' })).map(
        (row: FlowNodeModel) => row.toJSON(),
      ),
    });

    beforeEach(async () => {
      node = await world.node(workflow.id, { title: 'a' });
      before = await state();
    });

    it.each<[field: string, values: unknown]>([
      ['title', { title: 5 }],
      ['title', { title: HUGE }],
      ['title', { title: 'a\u0000b' }],
      ['description', { description: ['a'] }],
      ['enabled', { enabled: 'maybe' }],
      ['type', { type: {} }],
      ['sync', { sync: 'yes' }],
      ['key', { key: 'no good!' }],
      ['config', { config: 'text' }],
      ['config', { config: [1] }],
      ['config', { config: null }],
      ['config.a', { config: { a: '\uD800' } }],
      ['options', { options: 5 }],
      ['options.timeout', { options: { timeout: -1 } }],
      ['options.timeout', { options: { timeout: '1000' } }],
      ['options.timeout', { options: { timeout: 181 * 24 * 3600 * 1000 } }],
      ['options.stackLimit', { options: { stackLimit: 0 } }],
      ['options.stackLimit', { options: { stackLimit: 1.5 } }],
      ['options.concurrency', { options: { concurrency: 'many' } }],
      ['options.deleteExecutionOnStatus', { options: { deleteExecutionOnStatus: 1 } }],
      ['options.deleteExecutionOnStatus', { options: { deleteExecutionOnStatus: ['a'] } }],
      ['categories', { categories: 'all' }],
      ['categories', { categories: [7] }],
      ['values', [1, 2]],
    ])('workflows: %s in %j', async (field, values) => {
      const requests: Array<[action: string, values: unknown]> = [
        ['create', Array.isArray(values) ? values : { type: 'syncTrigger', ...(values as object) }],
      ];
      // An update leaves these alone, a revision the config too.
      if (!['type', 'sync', 'key'].includes(field)) requests.push([`update?filterByTk=${workflow.id}`, values]);
      if (!['type', 'sync', 'key', 'config', 'config.a'].includes(field))
        requests.push([`revision?filterByTk=${workflow.id}`, values]);
      for (const [action, body] of requests) {
        const response = await world.api.post(`workflows:${action}`, body);
        expect([action, response.status, messages(response).join()]).toEqual([
          action,
          400,
          expect.stringContaining(field),
        ]);
      }
      expect(await state()).toEqual(before);
    });

    it.each<[field: string, values: object]>([
      ['type', { type: 5 }],
      ['title', { title: {} }],
      ['title', { title: HUGE }],
      ['config', { config: 'text' }],
      ['config', { config: [] }],
      ['config', { config: null }],
      ['config', { type: 'withThrow', config: {} }],
      ['key', { key: 'a b' }],
      ['key', { key: 'y'.repeat(10_000) }],
      ['upstreamId', { upstreamId: 'abc' }],
      ['upstreamId', { upstreamId: {} }],
      ['upstreamId', { upstreamId: 1e30 }],
      ['Upstream', { upstreamId: 7 }],
      ['branchIndex', { branchIndex: 'abc' }],
      ['branchIndex', { branchIndex: 1.5 }],
      ['branchIndex', { branchIndex: -1 }],
      ['branchIndex', { branchIndex: 1e12 }],
      ['branchIndex', { branchIndex: {} }],
    ])('nodes:create: %s in %j', async (field, values) => {
      const response = await createNode({ type: 'echo', upstreamId: node.id, ...values });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
      expect(messages(response).join()).toContain(field);
      expect(await state()).toEqual(before);
    });

    it('a key that another node has', async () => {
      const response = await createNode({ type: 'echo', key: node.key, upstreamId: node.id });
      expect([response.status, messages(response).join()]).toEqual([400, expect.stringContaining('key')]);
    });

    it.each<[field: string, values: object]>([
      ['upstreamId', { upstreamId: 'self' }],
      ['upstreamId', { upstream: { id: 7 } }],
      ['downstreamId', { downstreamId: 7 }],
      ['workflowId', { workflowId: 7 }],
      ['branchIndex', { branchIndex: 1 }],
      ['config', { config: 7 }],
      ['title', { title: 7 }],
    ])('flow_nodes:update: %s in %j', async (field, values) => {
      const response = await world.api.post(
        `flow_nodes:update?filterByTk=${node.id}`,
        JSON.stringify(values).replace('"self"', String(node.id)),
      );
      expect([response.status, messages(response).join()]).toEqual([400, expect.stringContaining(field)]);
      expect(await state()).toEqual(before);
    });

    it.each([
      'workflows:get',
      'workflows:update',
      'workflows:destroy',
      'workflows:revision',
      'workflows:execute',
      'workflows:validate',
      'flow_nodes:update',
      'flow_nodes:destroy',
      'flow_nodes:move',
      'flow_nodes:duplicate',
      'flow_nodes:destroyBranch',
      'executions:get',
      'executions:cancel',
      'executions:rerun',
      'executions:destroy',
      'jobs:get',
      'jobs:resume',
    ])('filterByTk of %s', async (action) => {
      for (const id of ['abc', '1e5', '9'.repeat(25), '%7B%22a%22:1%7D']) {
        const response = await world.api.post(`${action}?filterByTk=${id}&branchIndex=0`, {});
        expect([response.status, messages(response)]).toEqual([400, ['filterByTk is invalid']]);
      }
    });

    it.each(['workflows:update', 'workflows:destroy', 'flow_nodes:update', 'flow_nodes:destroy', 'executions:destroy'])(
      '%s without a key',
      async (action) => {
        const response = await world.api.post(action, {});
        expect([response.status, messages(response).join()]).toEqual([400, expect.stringContaining('filterByTk')]);
      },
    );

    it('malformed JSON', async () => {
      const response = await world.api.post('workflows:create', '{"title": ');
      expect(response.status).toBe(400);
    });

    it.each(['workflows:updateOrCreate', 'workflows:firstOrCreate'])(
      '%s would write past the checks',
      async (action) => {
        const response = await world.api.post(`${action}?filterKeys[]=key`, { key: workflow.key, config: 5 });
        expect(response.status).toBe(405);
        expect(await state()).toEqual(before);
      },
    );

    it('nodes of a workflow are not written past the checks', async () => {
      const response = await world.api.post(`workflows/${workflow.id}/nodes:update?filterByTk=${node.id}`, {
        upstreamId: node.id,
      });
      expect(response.status).toBe(405);
      expect(await state()).toEqual(before);
    });
  });
});
