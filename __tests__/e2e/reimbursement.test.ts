import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../helpers/host';
import { HttpTarget } from '../helpers/httpTarget';
import { waitFor } from '../helpers/waitFor';
import { forgetOnRetry, launchBrowser, openPage } from './browser';
import { ClassicPage } from './pages/ClassicPage';
import { EditorPage } from './pages/EditorPage';
import { ExecutionPage } from './pages/ExecutionPage';
import { isEmptied, sendForm } from './pages/forms';
import { addPage, setDesignable } from './pages/menu';
import { ModernPage } from './pages/ModernPage';
import { addReimbursements } from './pages/records';
import { CONDITION, UPDATE, buildByKeyboard, buildByMouse } from './pages/reimbursementFlow';

const NAME = 'reimbursements';

/** What a form asks for, and the button that sends it. */
interface Form {
  amount: Locator;
  submit: Locator;
}

let host: TestHost;
let browser: Browser;
let page: Page;
let problems: string[];

beforeAll(async () => {
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
  await addReimbursements(host);
  ({ page, problems } = await openPage(browser, host.url, host.api.token));
});

beforeEach(({ task }) => forgetOnRetry(task, problems));

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

async function openNew(title: string): Promise<{ editor: EditorPage; key: string }> {
  const workflow = await host.api.create('workflows', { title, type: 'action', sync: false, config: { collection: NAME } });
  await page.goto(`${host.url}/admin/settings/workflow/workflows/${workflow.id}`);
  return { editor: await new EditorPage(page).opened(), key: workflow.key };
}

async function bindOnClassicPage(title: string): Promise<Form> {
  await page.goto(`${host.url}/admin`);
  await addPage(page, 'Classic page (v1)', 'Classic');
  const form = new ClassicPage(page);
  await form.addForm('Reimbursements');
  await form.addFields(NAME, ['Amount']);
  await form.addSubmit(NAME);
  const binding = await form.openBinding(NAME);
  await binding.add(title);
  await binding.save('Submit');
  await setDesignable(page, false);
  return { amount: form.field(NAME, 'amount'), submit: form.submitButton(NAME) };
}

async function bindOnModernPage(title: string): Promise<Form> {
  await page.goto(`${host.url}/admin`);
  await addPage(page, 'Modern page (v2)', 'Modern');
  const form = new ModernPage(page);
  await form.addForm('Reimbursements');
  await form.addFields(['Amount']);
  await form.addSubmit();
  const binding = await form.openBinding();
  await binding.add(title);
  await binding.save('Save');
  await setDesignable(page, false);
  return { amount: form.field('Amount'), submit: form.submitButton() };
}

/** Sends the form. @returns id of the new record */
async function send({ amount, submit }: Form, value: number): Promise<number> {
  await amount.fill(String(value));
  const { data } = await (await sendForm(page, submit, NAME)).json();
  await isEmptied(amount);
  return data.id;
}

describe.each([
  { way: 'by mouse, behind a button of a classic page', build: buildByMouse, bind: bindOnClassicPage },
  { way: 'by keyboard alone, behind a button of a modern page', build: buildByKeyboard, bind: bindOnModernPage },
])('the flow that is built $way', ({ way, build, bind }) => {
  const title = `Reimbursement ${way}`;
  let key: string;
  let form: Form;

  it('is stored as it was drawn, and enabled', async () => {
    const opened = await openNew(title);
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

  it('approves 499 and 500 but not 501, sent through the form', async () => {
    form = await bind(title);
    const statuses: (string | null)[] = [];
    for (const [index, amount] of [499, 500, 501].entries()) {
      const id = await send(form, amount);
      await waitFor(async () => (await host.api.list('executions', { filter: { key, status: 1 } })).length === index + 1, {
        what: `the run for ${amount}`,
      });
      statuses.push((await host.api.find(NAME, { filterByTk: id })).status);
    }
    expect(statuses).toEqual(['approved', 'approved', null]);
    expect(problems).toEqual([]);
  });

  it('turns job by job before the eyes of whoever watches, without a reload', async () => {
    const gates = await insertGates(key);
    try {
      const { page: watcher, problems: seen } = await openPage(browser, host.url, host.api.token);
      await watcher.goto(`${host.url}/admin/settings/workflow/executions`);
      await watcher.getByRole('link', { name: /^view-/ }).first().waitFor();
      const known = await watcher.getByRole('link', { name: /^view-/ }).count();
      await watcher.evaluate(() => Object.assign(globalThis, { isStillTheSameDocument: true }));

      await send(form, 500);
      await waitFor(async () => (await watcher.getByRole('link', { name: /^view-/ }).count()) > known, { what: 'the new run in the list' });
      await watcher.getByRole('link', { name: /^view-/ }).first().click();
      const run = await new ExecutionPage(watcher).opened();
      await run.becomes('On going');
      await run.job('HTTP request-Before', 'Pending').waitFor();
      expect(await run.job(CONDITION).count()).toBe(0);

      gates.open('/before');
      await run.job('HTTP request-Before', 'Resolved').waitFor();
      await run.job(CONDITION, 'Resolved').waitFor();
      await run.job(UPDATE, 'Resolved').waitFor();
      await run.job('HTTP request-After', 'Pending').waitFor();
      await run.becomes('On going');

      gates.open('/after');
      await run.job('HTTP request-After', 'Resolved').waitFor();
      await run.becomes('Resolved');
      expect(await watcher.evaluate(() => 'isStillTheSameDocument' in globalThis)).toBe(true);
      expect(seen).toEqual([]);
      await watcher.context().close();
    } finally {
      await gates.close();
    }
  });
});

/**
 * Puts a new version of the flow in force, in which a request before the condition and one after the update wait until
 * the test lets them go. The buttons that start the workflow start the new version.
 */
async function insertGates(key: string): Promise<{ open(path: string): void; close(): Promise<void> }> {
  const opened = new Map<string, { promise: Promise<void>; open(): void }>();
  for (const path of ['/before', '/after']) {
    let open = () => {};
    opened.set(path, { promise: new Promise<void>((resolve) => (open = resolve)), open: () => open() });
  }
  const target = await HttpTarget.start(async ({ path }) => {
    await opened.get(path)?.promise;
    return { body: {} };
  });
  const [current] = await host.api.list('workflows', { filter: { key, current: true } });
  const { data: next } = await host.api.post(`workflows:revision?filterByTk=${current.id}&filter[key]=${key}`);
  const [update] = await host.api.list('flow_nodes', { filter: { workflowId: next.id, type: 'update' } });
  const gate = (title: string, path: string, place: object) =>
    host.api.create(`workflows/${next.id}/nodes`, { type: 'request', title, config: { url: target.url + path, method: 'GET' }, ...place });
  await gate('Before', '/before', { upstreamId: null, branchIndex: null });
  await gate('After', '/after', { upstreamId: update.id, branchIndex: null });
  await host.api.update('workflows', next.id, { enabled: true });
  return { open: (path) => opened.get(path)!.open(), close: () => target.close() };
}
