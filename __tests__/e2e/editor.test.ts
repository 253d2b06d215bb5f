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

it('copies a node in one tab and pastes it in another: variables that resolve stay, the others are marked', async () => {
  const sum = { key: 'sum', type: 'calculation', title: 'Sum', config: { engine: 'math.js', expression: '1 + 1' } };
  const text = '{{$context.data.amount}} * {{$jobsMapByNodeKey.sum}}';
  const source = await addWorkflow(host, {
    title: 'Source',
    enabled: false,
    nodes: [sum, { type: 'calculation', title: 'Product', config: { engine: 'math.js', expression: text } }],
  });
  const target = await addWorkflow(host, { title: 'Target', enabled: false });
  const { page, problems } = await openPage(browser, host.url, host.api.token);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: host.url });
  const from = await editorOf(page, source.id);
  await from.card('Calculation-Product').click({ position: { x: 60, y: 45 } });
  const drawer = page.locator('.ant-drawer-content-wrapper').filter({ visible: true });
  if (await drawer.count()) await page.keyboard.press('Escape');
  await from.card('Calculation-Product').focus();
  await page.keyboard.press('Control+c');

  const other = await page.context().newPage();
  const to = await editorOf(other, target.id);
  await to.card(/^Trigger-/).focus();
  await other.keyboard.press('Control+v');
  await to.card('Calculation-Product').waitFor();
  await to.saved();
  await to.card('Calculation-Product').getByRole('button', { name: /Problems: 1/ }).waitFor();

  const [pasted] = await host.api.list('flow_nodes', { filter: { workflowId: target.id } });
  expect(pasted.config.expression).toContain('{{$context.data.amount}}');
  expect(pasted.key).not.toBe('sum');
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
    ],
  });
  await host.api.destroy('collections', { filterByTk: 'leaving' });
  const { page, problems } = await openPage(browser, host.url, host.api.token);
  const editor = await editorOf(page, id);
  for (const card of ['Calculation-Sum', 'Query record-Look']) {
    await editor.card(card).getByRole('button', { name: /Problems: / }).waitFor();
  }
  await page.getByRole('switch', { name: 'Enabled' }).click();
  const question = page.getByRole('dialog');
  await question.getByText('Sum', { exact: false }).first().waitFor();
  await question.getByText('Look', { exact: false }).first().waitFor();
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect((await host.api.find('workflows', { filterByTk: id })).enabled).toBe(false);
  expect(problems).toEqual([]);
});

