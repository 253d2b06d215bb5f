import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startHost, type TestHost } from '../helpers/host';
import { waitFor } from '../helpers/waitFor';
import { launchBrowser, openPage } from './browser';
import { ClassicPage } from './pages/ClassicPage';
import { EditorPage } from './pages/EditorPage';
import { ExecutionPage } from './pages/ExecutionPage';
import { addPage } from './pages/menu';
import { addReimbursements, addWorkflow } from './pages/records';
import { WorkflowsPage } from './pages/WorkflowsPage';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let host: TestHost;
let browser: Browser;
let page: Page;
let workflow: { id: string; key: string };

beforeAll(async () => {
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
  await addReimbursements(host);
  workflow = await addWorkflow(host, {
    title: 'Approve',
    nodes: [
      { type: 'calculation', title: 'Sum', config: { engine: 'math.js', expression: '{{$context.data.amount}} + 1' } },
      { type: 'end', title: 'Stop', config: { endStatus: 1 } },
      { type: 'calculation', title: 'Behind', config: {} },
    ],
  });
  ({ page } = await openPage(browser, host.url, host.api.token));
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

/** The primary colour of the host's default theme: what is written in it or on it, its administrators choose. */
const PRIMARY = '#1677ff';

/**
 * Names by which guides and tests of the host know elements, by contract; they differ from what is written on them.
 * Cards are named by type and title, and hold more than that.
 */
const NAMED_BY_CONTRACT = /^<button aria-label="(version|executed-[^"]*)"|role="treeitem"/;

/** What fades in has another contrast meanwhile. What turns for ever counts as resting. */
function isAtRest(): boolean {
  const isMoving = ({ playState, effect }: Animation) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity;
  return !document.querySelector('[class*="-appear"],[class*="-enter"],[class*="-leave"]') && !document.getAnimations().some(isMoving);
}

/** Serious and critical findings inside an element; what the host draws around it is not ours. */
async function findings(selector: string): Promise<string[]> {
  await page.mouse.move(2, 2);
  await waitFor(() => page.evaluate(isAtRest), { what: 'animations to end' });
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    (root) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(root, {
        resultTypes: ['violations'],
        rules: { 'label-content-name-mismatch': { enabled: true } },
      }),
    selector,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, any }) => ({ id, html, data: (any[0]?.data ?? {}) as { fgColor?: string; bgColor?: string } })))
    .filter(({ id, data }) => id !== 'color-contrast' || (data.fgColor !== PRIMARY && data.bgColor !== PRIMARY))
    .filter(({ id, html }) => id !== 'label-content-name-mismatch' || !NAMED_BY_CONTRACT.test(html))
    // antd marks the choices of its segmented control so; they are radios beside it.
    .filter(({ html }) => !html.includes('ant-segmented-item-label'))
    .map(({ id, html, data }) => `${id}: ${html.slice(0, 160)} ${data.fgColor ? `${data.fgColor} on ${data.bgColor}` : ''}`);
}

it('finds nothing serious in the list of workflows', async () => {
  const list = await new WorkflowsPage(page, `${host.url}/admin`).open();
  await list.row('Approve').waitFor();
  expect(await findings('.ant-layout-content, main')).toEqual([]);
});

it('finds nothing serious in the editor', async () => {
  await page.goto(`${host.url}/admin/settings/workflow/workflows/${workflow.id}`);
  await (await new EditorPage(page).opened()).card('Calculation-Sum').waitFor();
  expect(await findings('.workflow-page')).toEqual([]);
});

it('finds nothing serious in a drawer of the editor', async () => {
  await page.goto(`${host.url}/admin/settings/workflow/workflows/${workflow.id}`);
  await (await new EditorPage(page).opened()).open('Calculation-Sum');
  await page.getByRole('textbox', { name: 'Expression' }).waitFor();
  expect(await findings('.ant-drawer-content')).toEqual([]);
});

it('finds nothing serious in a run', async () => {
  await host.api.create('reimbursements', { projectName: 'Taxi', amount: 1 }, { triggerWorkflows: workflow.key });
  const execution = await waitFor(async () => (await host.api.list('executions', { filter: { status: 1 } }))[0], { what: 'the run' });
  await page.goto(`${host.url}/admin/settings/workflow/executions/${execution.id}`);
  await (await new ExecutionPage(page).opened()).becomes('Resolved');
  expect(await findings('.ant-layout-content, main')).toEqual([]);
});

it('finds nothing serious in the dialog that binds workflows', async () => {
  await page.goto(`${host.url}/admin`);
  await addPage(page, 'Classic page (v1)', 'Expenses');
  const form = new ClassicPage(page);
  await form.addForm('Reimbursements');
  await form.addSubmit('reimbursements');
  const binding = await form.openBinding('reimbursements');
  await binding.add('Approve');
  await binding.dialog.getByRole('button', { name: 'Add workflow' }).click();
  expect(await findings('.ant-modal-body')).toEqual([]);
});
