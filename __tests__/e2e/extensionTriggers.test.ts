import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startHost, type TestHost } from '../helpers/host';
import { waitFor } from '../helpers/waitFor';
import { launchBrowser, openPage } from './browser';
import type { EditorPage } from './pages/EditorPage';
import { ExecutionPage } from './pages/ExecutionPage';
import { addItems } from './pages/extensionRecords';
import { tick } from './pages/tick';
import { WorkflowsPage, type NewWorkflow } from './pages/WorkflowsPage';

/** Trigger types of official extensions in the v1 client: added, configured, saved, shown again, and run by what they are for. */

let host: TestHost;
let browser: Browser;
let page: Page;
let problems: string[];
let list: WorkflowsPage;

beforeEach(async () => {
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
  await addItems(host, 'http://127.0.0.1:1/v1');
  ({ page, problems } = await openPage(browser, host.url, host.api.token));
  list = await new WorkflowsPage(page, `${host.url}/admin`).open();
});

afterEach(async () => {
  await browser?.close();
  await host?.close();
});

async function addWorkflow(values: NewWorkflow): Promise<{ editor: EditorPage; workflow: { id: number; key: string } }> {
  await list.create(values);
  const editor = await list.configure(values.title);
  const [workflow] = await host.api.list('workflows', { filter: { title: values.title } });
  return { editor, workflow };
}

const configOf = async ({ id }: { id: number }) => (await host.api.find('workflows', { filterByTk: id })).config;

async function openRun({ key }: { key: string }): Promise<ExecutionPage> {
  const execution = await waitFor(async () => (await host.api.list('executions', { filter: { key } }))[0], { what: 'the execution' });
  await page.goto(`${host.url}/admin/settings/workflow/executions/${execution.id}`);
  return new ExecutionPage(page).opened();
}

it('custom-action: started with a record, whose fields its nodes know', async () => {
  const { editor, workflow } = await addWorkflow({
    title: 'On demand',
    trigger: 'Custom action event',
    collection: 'Items',
    preset: (drawer) => tick(drawer.getByRole('radio', { name: /^Single collection record/ })),
  });
  let drawer = await editor.open(/^Trigger-/);
  await drawer.getByRole('combobox', { name: 'Associations to use' }).click();
  await page.locator('.ant-select-tree-title').getByText('Rule', { exact: true }).click();
  await page.keyboard.press('Tab');
  await editor.save(drawer);
  await editor.openKey(await editor.addSuggested('add-button', 'calculation'));
  drawer = await editor.drawer();
  await editor.doubleAmount(drawer);
  await editor.enable();
  expect(await configOf(workflow)).toMatchObject({ type: 1, collection: 'items', appends: ['rule'] });

  await page.reload();
  await editor.opened();
  drawer = await editor.open(/^Trigger-/);
  await drawer.getByText('Rule', { exact: true }).waitFor();
  await drawer.getByText('Items', { exact: true }).waitFor();

  const [item] = await host.api.list('items');
  expect((await host.api.post(`items:trigger/${item.id}?triggerWorkflows=${workflow.key}`, {})).status).toBe(200);
  const run = await openRun(workflow);
  await run.job('Calculation-Calculation', 'Resolved').waitFor();
  await run.becomes('Resolved');
  const [{ jobs }] = await host.api.list('executions', { filter: { key: workflow.key }, appends: ['jobs'] });
  expect(jobs.map(({ result }: { result: unknown }) => result)).toEqual([item.amount * 2]);
  expect(problems).toEqual([]);
});

it('request-interception: refuses a request, with the message of a response node', async () => {
  const { editor, workflow } = await addWorkflow({ title: 'Before', trigger: 'Pre-action event', collection: 'Items' });
  let drawer = await editor.open(/^Trigger-/);
  await tick(drawer.getByRole('radio', { name: /^Global mode/ }));
  await tick(drawer.getByRole('checkbox', { name: 'Create record' }));
  await editor.save(drawer);
  await editor.openKey(await editor.addSuggested('add-button', 'end'));
  drawer = await editor.drawer();
  await tick(drawer.getByRole('radio', { name: 'Failed' }));
  await editor.save(drawer);
  await editor.openKey(await editor.addSuggested('add-button', 'response-message'));
  drawer = await editor.drawer();
  await drawer.getByRole('textbox').first().click();
  await page.keyboard.type('Not today');
  await editor.save(drawer);
  await editor.saved();
  await editor.enable();
  expect(await configOf(workflow)).toMatchObject({ collection: 'items', global: true, actions: ['create'] });

  await page.reload();
  await editor.opened();
  drawer = await editor.open(/^Trigger-/);
  for (const box of [drawer.getByRole('radio', { name: /^Global mode/ }), drawer.getByRole('checkbox', { name: 'Create record' })]) {
    await expect.poll(() => box.isChecked(), { timeout: 30_000 }).toBe(true);
  }

  const { status, body } = await host.api.post('items:create', { title: 'Chair' });
  expect([status, body.errors]).toEqual([400, [{ message: 'Not today' }]]);
  const run = await openRun(workflow);
  await run.job('Response message-Response message', 'Resolved').waitFor();
  await run.job('End process-End process', 'Failed').waitFor();
  await run.becomes('Failed');
  expect(problems).toEqual([]);
});
