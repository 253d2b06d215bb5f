import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../helpers/host';
import { waitFor } from '../helpers/waitFor';
import { launchBrowser, openPage } from './browser';
import { EditorPage } from './pages/EditorPage';
import { ExecutionPage } from './pages/ExecutionPage';
import { pick, pickVariable, tabTo } from './pages/keyboard';
import { addReimbursements } from './pages/records';
import { choose } from './pages/select';
import { WorkflowsPage } from './pages/WorkflowsPage';

/** Requests of up to 500 are approved at once: a condition with two branches, and an update in the branch "No". */

const CONDITION = 'Condition-Condition';
const UPDATE = 'Update record-Update record';
const IN_NO = 'add-button-condition-Condition-0';

let host: TestHost;
let browser: Browser;
let page: Page;
let problems: string[];

beforeAll(async () => {
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
  await addReimbursements(host);
  ({ page, problems } = await openPage(browser, host.url, host.api.token));
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

async function openNew(title: string): Promise<{ editor: EditorPage; key: string }> {
  const workflow = await host.api.create('workflows', { title, type: 'action', sync: false, config: { collection: 'reimbursements' } });
  await page.goto(`${host.url}/admin/settings/workflow/workflows/${workflow.id}`);
  return { editor: await new EditorPage(page).opened(), key: workflow.key };
}

const condition = (drawer: Locator) => drawer.getByRole('group', { name: 'Condition', exact: true });

async function buildByMouse(editor: EditorPage): Promise<void> {
  await editor.add('add-button', 'condition', 'Branch into "Yes" and "No"');
  let drawer = await editor.open(CONDITION);
  await drawer.getByRole('button', { name: /Add condition$/ }).click();
  await editor.chooseVariable(condition(drawer), 'Amount', 'Amount');
  await choose(condition(drawer).getByRole('combobox', { name: 'Comparison' }), 'is greater than');
  await choose(condition(drawer).getByRole('combobox', { name: 'Type of the value' }), 'Number');
  await condition(drawer).getByLabel('Right value').fill('500');
  await editor.save(drawer);

  await editor.slot(IN_NO).click();
  await page.getByRole('dialog', { name: 'Add node' }).getByRole('button', { name: 'update', exact: true }).click();
  const step = page.getByRole('dialog', { name: /^Add "/ });
  await step.getByLabel('Collection').fill('Reimbursements');
  await page.locator('.ant-cascader-menu-item').filter({ hasText: 'Reimbursements' }).last().click();
  await step.getByRole('button', { name: 'Add', exact: true }).click();

  drawer = await editor.open(UPDATE);
  await drawer.getByRole('button', { name: /Add condition$/ }).click();
  await condition(drawer).getByRole('combobox', { name: 'Field' }).click({ force: true });
  await page.locator('.ant-cascader-menu-item').filter({ hasText: /^ID$/ }).click();
  await editor.chooseVariable(condition(drawer), 'ID', 'ID');
  await choose(drawer.getByRole('combobox', { name: 'Add field' }), 'Status');
  await choose(drawer.getByRole('combobox', { name: 'Status' }), 'Approved');
  await editor.save(drawer);
  await editor.saved();
  await editor.enable();
}

async function buildByKeyboard(editor: EditorPage): Promise<void> {
  const { keyboard } = page;
  await tabTo(page, /^Trigger-/);
  await keyboard.press('a');
  await keyboard.type('condition');
  await keyboard.press('Enter');
  await page.waitForFunction(() => (document.activeElement as HTMLInputElement | null)?.type === 'radio');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await page.waitForFunction((name) => document.activeElement?.getAttribute('aria-label') === name, CONDITION);

  await keyboard.press('Enter');
  await editor.drawer();
  await tabTo(page, 'Add condition');
  await keyboard.press('Enter');
  await tabTo(page, 'Comparison', 'Shift+Tab');
  await pick(page, 'is greater than');
  await tabTo(page, 'Type of the value');
  await pick(page, 'Number');
  await tabTo(page, 'Right value');
  await keyboard.press('Control+A');
  await keyboard.type('500');
  await tabTo(page, 'Comparison', 'Shift+Tab');
  await tabTo(page, 'Choose a variable', 'Shift+Tab');
  await keyboard.press('Enter');
  await pickVariable(page, 'Amount');
  await tabTo(page, 'Save');
  await keyboard.press('Enter');
  await page.waitForFunction((name) => document.activeElement?.getAttribute('aria-label') === name, CONDITION);

  await tabTo(page, IN_NO);
  await keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Search node types');
  await keyboard.type('update record');
  await keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox' && document.activeElement.id !== '');
  await keyboard.type('Reimbursements');
  await page.locator('.ant-cascader-menu-item').filter({ hasText: 'Reimbursements' }).waitFor();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await tabTo(page, 'Add');
  await keyboard.press('Enter');
  await page.waitForFunction((name) => document.activeElement?.getAttribute('aria-label') === name, UPDATE);

  await keyboard.press('Enter');
  await editor.drawer();
  await tabTo(page, 'Add condition');
  await keyboard.press('Enter');
  await tabTo(page, 'Field', 'Shift+Tab');
  await keyboard.type('ID');
  await page.locator('.ant-cascader-menu-item').filter({ hasText: /^ID$/ }).first().waitFor();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await tabTo(page, 'Choose a variable');
  await keyboard.press('Enter');
  await pickVariable(page, 'ID');
  await tabTo(page, 'Add field');
  await pick(page, 'Status');
  await tabTo(page, 'Status', 'Shift+Tab');
  await pick(page, 'Approved');
  await tabTo(page, 'Save');
  await keyboard.press('Enter');
  await editor.saved();
  await tabTo(page, 'Enabled', 'Shift+Tab');
  await keyboard.press('Space');
  await page.locator('[role=switch][aria-label="Enabled"][aria-checked=true]').waitFor();
}

describe.each([
  { way: 'mouse', build: buildByMouse },
  { way: 'keyboard alone', build: buildByKeyboard },
])('the flow that is built by $way', ({ way, build }) => {
  let key: string;

  it('is stored as it was drawn', async () => {
    const opened = await openNew(`Reimbursement by ${way}`);
    key = opened.key;
    await build(opened.editor);
    const [workflow] = await host.api.list('workflows', { filter: { key }, appends: ['nodes'] });
    expect(workflow.enabled).toBe(true);
    const nodes = Object.fromEntries(workflow.nodes.map((node: { type: string }) => [node.type, node]));
    expect(nodes.condition.config).toMatchObject({
      rejectOnFalse: false,
      calculation: { group: { calculations: [{ calculator: 'gt', operands: ['{{$context.data.amount}}', 500] }] } },
    });
    expect(nodes.update).toMatchObject({ upstreamId: nodes.condition.id, branchIndex: 0 });
    expect(nodes.update.config.params.values).toEqual({ status: 'approved' });
    expect(JSON.stringify(nodes.update.config.params.filter)).toContain('{{$context.data.id}}');
    expect(problems).toEqual([]);
  });

  it.each([
    { amount: 499, status: 'approved' },
    { amount: 500, status: 'approved' },
    { amount: 501, status: null },
  ])('decides about $amount', async ({ amount, status }) => {
    const record = await host.api.create('reimbursements', { projectName: 'Taxi', amount }, { triggerWorkflows: key });
    const [execution] = await waitFor(
      async () => {
        const all = await host.api.list('executions', { filter: { key, status: 1 }, sort: ['-id'] });
        return all[0]?.context.data.id === record.id && all;
      },
      { what: 'the run to end' },
    );
    expect((await host.api.find('reimbursements', { filterByTk: record.id })).status).toBe(status);
    await page.goto(`${host.url}/admin/settings/workflow/executions/${execution.id}`);
    const run = await new ExecutionPage(page).opened();
    await run.becomes('Resolved');
    await run.job(CONDITION).waitFor();
    if (status) await run.job(UPDATE).waitFor();
    else expect(await run.job(UPDATE).count()).toBe(0);
  });
});

describe('a run that is watched', () => {
  it('turns job by job without a reload', async () => {
    const workflow = await host.api.create('workflows', { title: 'Slow', type: 'action', sync: false, config: { collection: 'reimbursements' } });
    const first = await host.api.create(`workflows/${workflow.id}/nodes`, { type: 'delay', title: 'Wait', upstreamId: null, branchIndex: null, config: { unit: 1000, duration: 6, endStatus: 1 } });
    await host.api.create(`workflows/${workflow.id}/nodes`, { type: 'calculation', title: 'Sum', upstreamId: first.id, branchIndex: null, config: { engine: 'math.js', expression: '1 + 1' } });
    await host.api.update('workflows', workflow.id, { enabled: true });
    await host.api.create('reimbursements', { projectName: 'Train', amount: 1 }, { triggerWorkflows: workflow.key });
    const execution = await waitFor(async () => (await host.api.list('executions', { filter: { key: workflow.key } }))[0], { what: 'the run' });
    await page.goto(`${host.url}/admin/settings/workflow/executions/${execution.id}`);
    const run = await new ExecutionPage(page).opened();
    await run.becomes('On going');
    const loads: string[] = [];
    page.on('framenavigated', (frame) => loads.push(frame.url()));
    await run.becomes('Resolved');
    await run.job('Calculation-Sum').waitFor();
    await page.getByRole('button', { name: /^Job, Resolved/ }).nth(1).waitFor();
    expect(loads).toEqual([]);
  });

  it('is counted in the list', async () => {
    const list = await new WorkflowsPage(page, `${host.url}/admin`).open();
    await list.executed('Reimbursement by mouse').getByText('3', { exact: true }).waitFor();
    expect(problems).toEqual([]);
  });
});
