import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildExample } from '../../examples/plugin-workflow-quotes/build.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { EXECUTION_STATUS, JOB_STATUS } from '../../src/common/status';
import type { ExecutionModel, FlowNodeModel, Id } from '../../src/server/contract';
import { createApp, type TestApp } from '../helpers/app';
import { HttpTarget } from '../helpers/httpTarget';
import { waitFor } from '../helpers/waitFor';

const DIST = fromRoot('storage/test', `example-${process.pid}`);

/** `examples/plugin-workflow-quotes`, built as its author would build it. */
describe('the example plugin', () => {
  let app: TestApp;
  let service: HttpTarget;

  beforeAll(async () => {
    await buildExample(DIST);
    service = await HttpTarget.start(({ path }) => ({ status: path.includes('gold') ? 200 : 404, body: { price: 12.5 } }));
    const { default: QuotesServerPlugin } = createRequire(fromRoot('package.json'))(join(DIST, 'server/index.js'));
    app = await createApp({ plugins: [QuotesServerPlugin] });
  });

  afterAll(async () => {
    await app?.close();
    await service?.close();
  });

  const node = async (workflowId: Id, values: object): Promise<FlowNodeModel> => {
    const { data, body } = await app.api.post(`workflows/${workflowId}/nodes:create`, values);
    expect(body.errors).toBeUndefined();
    return data;
  };

  const ended = (key: string): Promise<ExecutionModel> =>
    waitFor(
      async () => {
        const [execution] = await app.db.getRepository('executions').find({ filter: { key }, appends: ['jobs'], sort: 'id' });
        return Boolean(execution?.status) && (execution as ExecutionModel);
      },
      { what: 'the end of the run' },
    );

  it.each([
    ['gold', EXECUTION_STATUS.RESOLVED, JOB_STATUS.RESOLVED],
    ['nothing', EXECUTION_STATUS.FAILED, JOB_STATUS.FAILED],
  ])('its node asks the service for %s', async (symbol, executionStatus, jobStatus) => {
    const workflow = await app.api.create('workflows', { title: 'w', type: 'asyncTrigger', enabled: true });
    await node(workflow.id, { type: 'quote', key: 'q', config: { url: service.url, symbol: '{{$context.symbol}}' } });
    const model = app.plugin.enabledCache.get(Number(workflow.id))!;
    await app.plugin.trigger(model, { symbol });
    const { status, jobs } = await ended(workflow.key);
    expect(status).toBe(executionStatus);
    expect(jobs).toMatchObject([{ status: jobStatus, result: { symbol, price: 12.5 } }]);
    const [request] = service.received.filter(({ path }) => path.endsWith(symbol));
    expect(request?.headers['idempotency-key']).toMatch(/:q:/);
  });

  it('its node can be tested and refuses wrong settings', async () => {
    const config = { url: service.url, symbol: 'gold' };
    expect((await app.api.post('flow_nodes:test', { type: 'quote', config })).data).toEqual({
      status: JOB_STATUS.RESOLVED,
      result: { symbol: 'gold', price: 12.5 },
    });
    const workflow = await app.api.create('workflows', { title: 'w', type: 'asyncTrigger' });
    const refused = await app.api.post(`workflows/${workflow.id}/nodes:create`, { type: 'quote', config: { url: 'x' } });
    expect([refused.status, refused.body.errors]).toEqual([400, [{ message: '"symbol" is required' }]]);
  });

  it('its trigger fires', async () => {
    const workflow = await app.api.create('workflows', { title: 'w', type: 'every', enabled: true, config: { everyMs: 1000 } });
    const { context } = await ended(workflow.key);
    expect(Date.parse(context.date) % 1000).toBe(0);
    await app.api.post(`workflows:update?filterByTk=${workflow.id}`, { enabled: false });
  });

  it.each([
    ['client', '@nocobase/client'],
    ['client-v2', '@nocobase/client-v2'],
  ])('its browser half %s registers the node and the trigger', async (half, host) => {
    class Base {
      app: any;
    }
    const registered: Record<string, any> = {};
    let loaded: any;
    const provide = (id: string) => (id === '@nocobase/plugin-workflow/client-v2' ? { Instruction: Base, Trigger: Base } : { Plugin: Base });
    const define = (id: string, needs: string[], factory: (...modules: object[]) => object) => {
      expect(id).toBe(`@example/plugin-workflow-quotes/${half}`);
      expect(needs).toEqual(expect.arrayContaining([host, '@nocobase/plugin-workflow/client-v2']));
      loaded = factory(...needs.map(provide));
    };
    runInNewContext(readFileSync(join(DIST, half, 'index.js'), 'utf8'), { define });
    const register = (type: string, Type: new () => any) => {
      registered[type] = new Type();
    };
    const plugin = new loaded.default();
    plugin.app = { pm: { get: () => ({ registerInstruction: register, registerTrigger: register }) } };
    await plugin.load();
    expect(registered.quote).toMatchObject({ type: 'quote', group: 'extended' });
    expect(registered.quote.useVariables({ key: 'k', title: 'Q' })).toMatchObject({ value: 'k', label: 'Q' });
    expect(Object.keys(registered)).toEqual(['quote', 'every']);
    expect((await registered.quote.FieldsetLoader()).default).toBeTypeOf('function');
  });
});
