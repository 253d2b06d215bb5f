import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seed } from '../../scripts/seed/index.mjs';
import { startHost, type TestHost } from '../helpers/host';
import { waitFor } from '../helpers/waitFor';
import { launchBrowser, openPage, type WatchedPage } from './browser';
import { ExecutionPage } from './pages/ExecutionPage';
import { ModernPage } from './pages/ModernPage';
import { MobilePages } from './pages/MobilePages';
import { isEmptied, sendForm } from './pages/forms';
import { addPage, setDesignable } from './pages/menu';

/** The human step of the reimbursement example in the browser: Emma asks through a bound button, Sam decides in the task centre. */

const PHONE = { width: 390, height: 844 };

let host: TestHost;
let browser: Browser;
let root: WatchedPage;
let emma: WatchedPage;
let sam: WatchedPage;
let workflow: { id: number; key: string };

const signedIn = async (account: string): Promise<WatchedPage> => {
  const { token } = await host.api.signIn(account, `${account}-123456`);
  return openPage(browser, host.url, token);
};

beforeAll(async () => {
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
  await seed({ url: host.url, account: 'admin@nocobase.com', password: 'admin123' });
  [workflow] = await host.api.list('workflows', { filter: { title: 'Reimbursement review' } });
  root = await openPage(browser, host.url, host.api.token);
  [emma, sam] = await Promise.all([signedIn('emma'), signedIn('sam')]);
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

/** Address of a page with a form whose button is bound, which Emma may open. */
async function addBoundForm(page: Page): Promise<string> {
  await page.goto(`${host.url}/admin`);
  await addPage(page, 'Modern page (v2)', 'Expenses');
  const form = new ModernPage(page);
  await form.addForm('Reimbursements');
  await form.addFields(['Project name', 'Amount']);
  await form.addSubmit();
  const binding = await form.openBinding();
  await binding.add('Reimbursement review');
  await binding.save('Save');
  await setDesignable(page, false);
  const routes = await host.api.list('desktopRoutes', { paginate: false });
  await host.api.post('roles/employee/desktopRoutes:set', routes.map(({ id }: { id: number }) => id));
  return page.url();
}

/** Emma asks for money back; the record. */
async function ask(page: Page, projectName: string, amount: number): Promise<{ id: number }> {
  const form = new ModernPage(page);
  await form.field('Project name').fill(projectName);
  await form.field('Amount').fill(String(amount));
  const response = await sendForm(page, form.submitButton(), 'reimbursements');
  expect(new URL(response.url()).searchParams.get('triggerWorkflows')).toBe(workflow.key);
  expect(response.status()).toBe(200);
  await isEmptied(form.field('Project name'));
  return (await response.json()).data;
}

const executionOf = ({ id }: { id: number }): Promise<{ id: number; status: number | null }> =>
  waitFor(
    async () => (await host.api.list('executions', { filter: { key: workflow.key }, sort: '-id' })).find(({ context }) => context.data.id === id),
    { what: 'the run' },
  );

const statusOf = async ({ id }: { id: number }) => (await host.api.find('reimbursements', { filterByTk: id })).status;
const todos = (page: Page): Locator => page.getByText('Review by the supervisor', { exact: true });

/** Sam opens the one to-do there is. */
async function openTodo(page: Page, projectName: string): Promise<Locator> {
  await todos(page).waitFor();
  await todos(page).click();
  const todo = page.getByRole('dialog');
  await todo.getByText(projectName, { exact: true }).waitFor();
  return todo;
}

async function expectRun(record: { id: number }, status: string, nodes: Record<string, string>): Promise<void> {
  await root.page.goto(`${host.url}/admin/settings/workflow/executions/${(await executionOf(record)).id}`);
  const run = await new ExecutionPage(root.page).opened();
  await run.becomes(status);
  for (const [card, job] of Object.entries(nodes)) {
    await run.card(card).getByRole('button', { name: new RegExp(`^Job, ${job}`) }).waitFor();
  }
}

it('Emma submits 501, Sam approves, and the request is approved', async () => {
  const address = await addBoundForm(root.page);
  await Promise.all([emma.page.goto(address), sam.page.goto(`${host.url}/admin/workflow/tasks`)]);
  const taxi = await ask(emma.page, 'Taxi to client', 501);
  const todo = await openTodo(sam.page, 'Taxi to client');
  await todo.getByRole('textbox').fill('Looks right');
  await todo.getByRole('button', { name: /Approve/ }).click();
  await todo.waitFor({ state: 'hidden' });
  await todos(sam.page).waitFor({ state: 'detached' });
  await waitFor(async () => (await statusOf(taxi)) === 'approved', { what: 'the approval' });
  await expectRun(taxi, 'Resolved', { 'Manual-Review by the supervisor': 'Resolved' });
});

it('Sam rejects another one: the run ends, and the request stays as it was', async () => {
  const hotel = await ask(emma.page, 'Hotel', 900);
  const todo = await openTodo(sam.page, 'Hotel');
  await todo.getByRole('button', { name: /Reject/ }).click();
  await todo.waitFor({ state: 'hidden' });
  await todos(sam.page).waitFor({ state: 'detached' });
  await expectRun(hotel, 'Rejected', { 'Manual-Review by the supervisor': 'Rejected' });
  expect(await statusOf(hotel)).toBeNull();
});

it('Sam decides on the phone, behind a tab that an admin added', async () => {
  const designer = await new MobilePages(root.page, host.url).open();
  await designer.addTab('Workflow to-dos');
  const tabs = await host.api.list('mobileRoutes');
  expect(tabs).toMatchObject([{ type: 'page', schemaUid: 'workflow-tasks' }]);
  await host.api.post('roles/supervisor/mobileRoutes:set', tabs.map(({ id }: { id: number }) => id));

  const train = await ask(emma.page, 'Train', 700);
  const phone = await openPage(browser, host.url, (await host.api.signIn('sam', 'sam-123456')).token, PHONE);
  await new MobilePages(phone.page, host.url).open('/page/workflow-tasks');
  const tab = phone.page.getByTestId('mobile-tab-bar');
  await tab.getByText('1', { exact: true }).waitFor();
  const todo = await openTodo(phone.page, 'Train');
  await todo.getByRole('button', { name: /Approve/ }).click();
  await todos(phone.page).waitFor({ state: 'detached' });
  await tab.getByText('1', { exact: true }).waitFor({ state: 'detached' });
  await waitFor(async () => (await statusOf(train)) === 'approved', { what: 'the approval' });
  expect(new URL(phone.page.url()).pathname).toMatch(/^\/m\/page\/workflow-tasks\//);
  expect(phone.problems).toEqual([]);
});

it('nobody saw an error', () => {
  expect([...root.problems, ...emma.problems, ...sam.problems]).toEqual([]);
});
