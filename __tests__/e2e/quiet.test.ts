import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../helpers/host';
import { NOT_READY } from '../helpers/notReady';
import { waitFor } from '../helpers/waitFor';
import { launchBrowser, openPage } from './browser';
import { EditorPage } from './pages/EditorPage';
import { addReimbursements, addWorkflow } from './pages/records';
import { WorkflowsPage } from './pages/WorkflowsPage';

/**
 * The full preset says nothing of trouble, in its log while it boots and in the console of either client.
 * Bound forms are in `classicPage`, `modernPage` and `v2Client`, which expect the same of the console.
 */

/** One node of every type of the preset. */
const EVERY_TYPE: { type: string; config: object }[] = [
  { type: 'calculation', config: { engine: 'math.js', expression: '1 + 1' } },
  { type: 'condition', config: { rejectOnFalse: false, engine: 'math.js', expression: '1 == 1' } },
  { type: 'multi-conditions', config: { continueOnNoMatch: true, conditions: [{ uid: 'c', engine: 'math.js', expression: '1 == 1' }] } },
  { type: 'query', config: { collection: 'reimbursements', multiple: false, params: { filter: { id: 1 } } } },
  { type: 'create', config: { collection: 'reimbursements', params: { values: { amount: 1 } } } },
  { type: 'update', config: { collection: 'reimbursements', params: { filter: { id: 1 }, values: { amount: 8 } } } },
  { type: 'destroy', config: { collection: 'reimbursements', params: { filter: { id: 1 } } } },
  { type: 'aggregate', config: { collection: 'reimbursements', aggregator: 'count', params: { field: 'id' } } },
  { type: 'sql', config: { sql: 'SELECT 1 AS one' } },
  { type: 'dateCalculation', config: { inputType: 'number', input: 3, steps: [] } },
  { type: 'json-query', config: { engine: 'jmespath', expression: 'amount', source: '{{$context.data}}' } },
  { type: 'json-variable-mapping', config: { dataSource: '{{$context.data}}', variables: [{ key: 'a', path: 'amount' }] } },
  { type: 'variable', config: { value: 'hello' } },
  { type: 'script', config: { content: 'return 1' } },
  { type: 'cc', config: { users: [1], title: 'read this' } },
  { type: 'response-message', config: { message: 'hello' } },
  { type: 'request', config: { url: 'http://127.0.0.1:1/', method: 'GET', ignoreFail: true } },
  { type: 'mailer', config: { provider: { host: '127.0.0.1', port: 1 }, from: 'a@a', to: ['b@b'], subject: 's', contentType: 'text', text: 't' } },
  { type: 'notification', config: { channelName: 'none', ignoreFail: true } },
  { type: 'delay', config: { duration: 1, unit: 1000, endStatus: 1 } },
  { type: 'manual', config: { assignees: [1], forms: {} } },
  { type: 'llm', config: { llmService: 'local', model: 'parrot', messages: [{ role: 'user', content: [{ type: 'text', content: 'hello' }] }] } },
  { type: 'ai-employee', config: { username: 'clerk', userId: 1, message: { user: 'hello' } } },
  { type: 'loop', config: { target: 2 } },
  { type: 'parallel', config: { mode: 'all' } },
  { type: 'output', config: { value: '1' } },
  { type: 'end', config: { endStatus: 1 } },
];

const TITLE = 'Everything';

let host: TestHost;
let browser: Browser;
let bootLog: string;
let workflow: { id: string };

beforeAll(async () => {
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
  bootLog = host.logs();
  await addReimbursements(host);
  workflow = await addWorkflow(host, { title: TITLE, enabled: false, nodes: EVERY_TYPE });
  const todo = await addWorkflow(host, { title: 'Ask', nodes: [{ type: 'manual', title: 'Please look', config: { assignees: [1], forms: {} } }] });
  await host.api.create('reimbursements', { amount: 1 }, { triggerWorkflows: todo.key });
  await waitFor(async () => (await host.api.list('workflowManualTasks')).length === 1, { what: 'the to-do' });
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

/** What others say while the host boots: its answers before it is ready, its missing adapter, a file of the AI plugin, the interceptor. */
const OF_OTHERS = [
  NOT_READY,
  /\[PubSubManager\] adapter is not exist/,
  /tools \[shared\] register ignored/,
  /\[Workflow pre-action\]: collection .* not found/,
];

it('boots without a warning or an error', () => {
  const troubles = bootLog.split('\n').filter((line) => /"level":"(warn|error|fatal)"|^(Uncaught|Unhandled|Error)/.test(line));
  expect(troubles.filter((line) => !OF_OTHERS.some((known) => known.test(line)))).toEqual([]);
});

describe.each([
  { client: 'v1', admin: '/admin' },
  { client: 'v2', admin: '/v/admin' },
])('in the $client client', ({ admin }) => {
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    ({ page, problems } = await openPage(browser, host.url, host.api.token));
  });

  it('the list is quiet', async () => {
    const list = await new WorkflowsPage(page, `${host.url}${admin}`).open();
    await list.row(TITLE).waitFor();
    expect(problems).toEqual([]);
  });

  it('a canvas with every node type is quiet', async () => {
    // The canvas draws what is in its window.
    await page.setViewportSize({ width: 1600, height: 8_000 });
    await page.goto(`${host.url}${admin}/settings/workflow/workflows/${workflow.id}`);
    await new EditorPage(page).opened();
    for (const { type } of EVERY_TYPE) await page.locator(`.workflow-node-type-${type}`).first().waitFor();
    expect(problems).toEqual([]);
  });

  it('the task centre is quiet', async () => {
    await page.setViewportSize({ width: 1600, height: 1_000 });
    await page.goto(`${host.url}${admin}/workflow/tasks`);
    await page.getByText('Please look', { exact: true }).waitFor();
    expect(problems).toEqual([]);
  });
});
