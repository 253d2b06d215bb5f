import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { EXECUTION_STATUS, JOB_STATUS } from '../../src/common/status';
import type { ExecutionModel, FlowNodeModel, Id } from '../../src/server/contract';
import type { ApiResponse } from '../helpers/api';
import { createApp, type TestApp } from '../helpers/app';
import { waitFor } from '../helpers/waitFor';

/** Code blocks of the page that begin with `// src/server/<name>.ts`, by name. */
function readModules(): Map<string, string> {
  const page = readFileSync(fromRoot('docs/extending.md'), 'utf8');
  const blocks = page.matchAll(/```ts\n\/\/ src\/server\/(\w+)\.ts\n([^]*?)```/g);
  return new Map([...blocks].map(([, name = '', code = '']) => [name, code]));
}

/** Loads a module of the page as the host would: compiled, with the host's own packages. */
function loadModule(name: string, modules = readModules(), loaded = new Map<string, object>()): any {
  const known = loaded.get(name);
  if (known) {
    return known;
  }
  const { code } = transformSync(modules.get(name) ?? '', { loader: 'ts', format: 'cjs', target: 'node20' });
  const requireOfHost = createRequire(fromRoot('package.json'));
  const module = { exports: {} };
  loaded.set(name, module.exports);
  const load = (id: string) => (id.startsWith('./') ? loadModule(id.slice(2), modules, loaded) : requireOfHost(id));
  compileFunction(code, ['module', 'exports', 'require'])(module, module.exports, load);
  loaded.set(name, module.exports);
  return module.exports;
}

describe('the examples of docs/extending.md', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await createApp({ plugins: [loadModule('plugin').SamplePlugin] });
  });

  afterAll(() => app?.close());

  const node = async (workflowId: Id, values: object): Promise<FlowNodeModel> => {
    const { data } = await app.api.post(`workflows/${workflowId}/nodes:create`, values);
    return data;
  };

  const executions = (key: string): Promise<ExecutionModel[]> =>
    app.db.getRepository('executions').find({ filter: { key }, appends: ['jobs'], sort: 'id' });

  it('the node draws digits, and refuses a wrong setting', async () => {
    const workflow = await app.api.create('workflows', { title: 'w', type: 'syncTrigger', enabled: true });
    const refused: ApiResponse = await app.api.post(`workflows/${workflow.id}/nodes:create`, {
      type: 'randomDigits',
      config: { digits: 13 },
    });
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toEqual([{ message: '"digits" must be a whole number from 1 to 12' }]);
    await node(workflow.id, { type: 'randomDigits', config: { digits: 6 } });
    const test = await app.api.post('flow_nodes:test', { type: 'randomDigits', config: { digits: 6 } });
    expect(test.data).toEqual({ status: JOB_STATUS.RESOLVED, result: expect.stringMatching(/^\d{6}$/) });
    await app.api.post(`workflows:execute?filterByTk=${workflow.id}`, { any: 1 });
    const [execution] = await executions(workflow.key);
    expect(execution?.jobs).toMatchObject([{ status: JOB_STATUS.RESOLVED, result: expect.stringMatching(/^\d{6}$/) }]);
  });

  async function loop(items: unknown, body: object): Promise<ExecutionModel | undefined> {
    const workflow = await app.api.create('workflows', { title: 'w', type: 'syncTrigger', enabled: true });
    const head = await node(workflow.id, { type: 'forEach', key: 'each', config: { items } });
    await node(workflow.id, { ...body, upstreamId: head.id, branchIndex: 0 });
    await node(workflow.id, { type: 'echo', key: 'after', upstreamId: head.id });
    await app.api.post(`workflows:execute?filterByTk=${workflow.id}`, { list: ['a', 'b'] });
    return (await executions(workflow.key))[0];
  }

  it('the branching node runs its branch once per item', async () => {
    const execution = await loop('{{$context.list}}', {
      type: 'echoVariable',
      config: { variable: '{{$scopes.each.index}}{{$scopes.each.item}}' },
    });
    expect(execution?.status).toBe(EXECUTION_STATUS.RESOLVED);
    const byKey = (key: string) => execution!.jobs!.filter(({ nodeKey }) => nodeKey === key);
    expect(byKey('each')).toMatchObject([{ status: JOB_STATUS.RESOLVED, result: { index: 1 } }]);
    expect(byKey('after')).toHaveLength(1);
    expect(execution!.jobs!.map(({ result }) => result)).toEqual(expect.arrayContaining(['0a', '1b']));
    expect(execution!.jobs).toHaveLength(4);
  });

  it('a failed branch ends the branching node and the execution', async () => {
    const execution = await loop('{{$context.list}}', { type: 'error', config: {} });
    expect(execution?.status).toBe(EXECUTION_STATUS.ERROR);
    expect(execution?.jobs?.map(({ status }) => status)).toEqual([JOB_STATUS.ERROR, JOB_STATUS.ERROR]);
  });

  it('the trigger fires until it is switched off', async () => {
    const workflow = await app.api.create('workflows', { title: 'w', type: 'interval', enabled: true, config: { everyMs: 1000 } });
    const [first] = await waitFor(
      async () => {
        const rows = await executions(workflow.key);
        return rows.length > 0 && rows;
      },
      { what: 'the trigger to fire' },
    );
    expect(Date.parse(first!.context.date) % 1000).toBe(0);
    await app.api.post(`workflows:update?filterByTk=${workflow.id}`, { enabled: false });
    expect(app.plugin.enabledCache.has(Number(workflow.id))).toBe(false);
  });
});
