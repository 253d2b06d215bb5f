import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startHost, type TestHost } from '../helpers/host';
import { launchBrowser, openPage } from './browser';
import { EditorPage } from './pages/EditorPage';
import { addReimbursements, addWorkflow } from './pages/records';

let host: TestHost;
let browser: Browser;

beforeAll(async () => {
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
  await addReimbursements(host);
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

const editorOf = async (page: Page, id: string): Promise<EditorPage> => {
  await page.goto(`${host.url}/admin/settings/workflow/workflows/${id}`);
  return new EditorPage(page).opened();
};

it('copies a branch in one tab and pastes it in another: variables that resolve stay, the others are marked', async () => {
  await host.api.create('collections', { name: 'trips', title: 'Trips', fields: [{ name: 'amount', type: 'double', interface: 'number' }] });
  const source = await addWorkflow(host, {
    title: 'Source',
    enabled: false,
    nodes: [
      { key: 'sum', type: 'calculation', title: 'Sum', config: { engine: 'math.js', expression: '1 + 1' } },
      { type: 'condition', title: 'Large?', config: { rejectOnFalse: false, engine: 'math.js', expression: '{{$context.data.amount}} > {{$context.user.id}}' } },
    ],
  });
  const nodes = await host.api.list('flow_nodes', { filter: { workflowId: source.id, type: 'condition' } });
  const expression = '{{$context.data.amount}} * {{$context.data.projectName}} * {{$jobsMapByNodeKey.sum}}';
  await host.api.create(`workflows/${source.id}/nodes`, {
    type: 'calculation', title: 'Product', upstreamId: nodes[0].id, branchIndex: 1, config: { engine: 'math.js', expression },
  });
  // Trips have an amount too, but no name.
  const target = await addWorkflow(host, { title: 'Target', enabled: false, collection: 'trips' });
  const { page, problems } = await openPage(browser, host.url, host.api.token);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: host.url });
  const from = await editorOf(page, source.id);
  await from.card('Condition-Large?').focus();
  await page.keyboard.press('Control+c');
  await page.getByText('Copied').waitFor({ state: 'attached' });

  const other = await page.context().newPage();
  const to = await editorOf(other, target.id);
  await to.card(/^Trigger-/).focus();
  // it is gone after three seconds
  const warning = other.getByText('Some variables do not exist here; they are marked on their nodes').waitFor();
  await Promise.all([warning, other.keyboard.press('Control+v')]);
  await to.card('Calculation-Product').waitFor();
  await to.saved();
  await to.card('Calculation-Product').getByRole('button', { name: 'Problems: 2' }).waitFor();
  expect(await to.card('Condition-Large?').getByRole('button', { name: /Problems/ }).count()).toBe(0);

  const [pasted] = await host.api.list('flow_nodes', { filter: { workflowId: target.id, type: 'calculation' } });
  expect(pasted.config.expression).toBe(expression);
  // One step of undo takes the whole branch away again.
  await other.keyboard.press('Control+z');
  await to.card('Condition-Large?').waitFor({ state: 'detached' });
  await to.saved();
  expect(await host.api.list('flow_nodes', { filter: { workflowId: target.id } })).toEqual([]);
  expect(problems).toEqual([]);
});

it('shows the faults of a broken flow on their cards and in a list, and asks before it is enabled', async () => {
  await host.api.create('collections', { name: 'leaving', title: 'Leaving', fields: [{ name: 'name', type: 'string', interface: 'input' }] });
  const { id } = await addWorkflow(host, {
    title: 'Broken',
    sync: true,
    enabled: false,
    nodes: [
      { type: 'calculation', title: 'Sum', config: { engine: 'math.js', expression: '{{$jobsMapByNodeKey.nowhere.total}} + 1' } },
      { type: 'query', title: 'Look', config: { collection: 'leaving', params: {} } },
      { type: 'delay', title: 'Sleep', config: { unit: 1000, duration: 1, endStatus: 1 } },
      { type: 'end', title: 'Stop', config: { endStatus: 1 } },
      { type: 'calculation', title: 'Behind', config: { engine: 'math.js', expression: '1 + 1' } },
    ],
  });
  const faults = {
    'Calculation-Sum': 'A variable reads a node that does not exist any more',
    'Query record-Look': 'Collection "leaving" does not exist',
    'Delay-Sleep': 'This node waits, which a synchronous workflow cannot do',
    'Calculation-Behind': 'This node is never reached',
  };
  await host.api.destroy('collections', { filterByTk: 'leaving' });
  const { page, problems } = await openPage(browser, host.url, host.api.token);
  const editor = await editorOf(page, id);
  for (const card of Object.keys(faults)) await editor.card(card).getByRole('button', { name: 'Problems: 1' }).waitFor();
  expect(await editor.card('End process-Stop').getByRole('button', { name: /Problems: / }).count()).toBe(0);
  await page.getByRole('button', { name: 'Problems: 4', exact: true }).click();
  const list = page.getByRole('tooltip').filter({ hasText: 'Problems of this workflow' });
  for (const fault of Object.values(faults)) await list.getByText(fault).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('switch', { name: 'Enabled' }).click();
  const question = page.getByRole('dialog').filter({ hasText: 'Enable a workflow with problems?' });
  for (const fault of Object.values(faults)) await question.getByText(fault).waitFor();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await question.waitFor({ state: 'hidden' });

  // The list of workflows asks the same before it enables.
  await page.goto(`${host.url}/admin/settings/workflow`);
  await page.getByRole('switch', { name: 'Enabled-Broken' }).click();
  const asked = page.getByRole('dialog').filter({ hasText: 'in spite of its faults' });
  for (const fault of Object.values(faults)) await asked.getByText(fault).waitFor();
  await asked.getByRole('button', { name: 'Cancel' }).click();
  expect((await host.api.find('workflows', { filterByTk: id })).enabled).toBe(false);
  expect(problems).toEqual([]);
});

it('saves everything but the values that the server refuses, and asks before they are lost', async ({ task }) => {
  // another attempt meets the workflow of the one before
  const title = `Refused${task.result?.retryCount ?? ''}`;
  const { id } = await addWorkflow(host, {
    title,
    enabled: false,
    nodes: [
      { type: 'request', title: 'Call', config: { url: 'http://localhost/', method: 'GET' } },
      { type: 'calculation', title: 'Sum', config: { engine: 'math.js', expression: '1 + 1' } },
    ],
  });
  const { page } = await openPage(browser, host.url, host.api.token);
  const editor = await editorOf(page, id);
  const drawer = await editor.open('HTTP request-Call');
  await drawer.getByRole('button', { name: /Add request header/ }).click();
  await editor.save(drawer);
  const unsaved = page.getByRole('button', { name: '1 node is not saved' });
  await unsaved.waitFor();
  await editor.card('HTTP request-Call').getByRole('button', { name: /Not saved: / }).waitFor();

  await editor.card('Calculation-Sum').focus();
  await page.keyboard.press('F2');
  await page.keyboard.type('Two');
  await Promise.all([page.waitForResponse((answer) => answer.url().includes('workflows:saveFlow') && answer.ok()), page.keyboard.press('Enter')]);
  const stored = await host.api.list('flow_nodes', { filter: { workflowId: id }, sort: ['id'] });
  expect(stored.map(({ title, config }: any) => [title, config.url])).toEqual([['Call', 'http://localhost/'], ['Two', undefined]]);

  await unsaved.click();
  const reopened = await editor.drawer();
  await reopened.getByText('The server did not accept these values, they are not saved').waitFor();
  await reopened.getByRole('button', { name: 'Cancel', exact: true }).click();
  await reopened.waitFor({ state: 'hidden' });
  const back = page.getByRole('navigation').getByRole('link', { name: 'Workflow', exact: true });
  const question = page.getByRole('dialog').filter({ hasText: 'Leave without saving?' });
  await back.click();
  await question.getByRole('button', { name: 'Stay' }).click();
  await question.waitFor({ state: 'hidden' });
  await unsaved.waitFor();
  await back.click();
  await question.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('switch', { name: `Enabled-${title}`, exact: true }).waitFor();
});
