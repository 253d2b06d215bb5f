import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../helpers/host';
import { waitFor } from '../helpers/waitFor';
import { forgetOnRetry, launchBrowser, openPage } from './browser';
import { ClassicPage } from './pages/ClassicPage';
import { isEmptied, sendForm } from './pages/forms';
import { addPage, setDesignable } from './pages/menu';
import { addReimbursements, addWorkflow } from './pages/records';

/** The page of the documentation: two forms on one collection, one bound and one not. */

const NAME = 'reimbursements';
const approval = {
  type: 'update',
  config: {
    collection: NAME,
    params: { individualHooks: false, filter: { id: '{{$context.data.id}}' }, values: { status: 'approved' } },
  },
};
const failing = { type: 'end', config: { endStatus: -1 } };

let host: TestHost;
let browser: Browser;
let page: Page;
let problems: string[];
let form: ClassicPage;

beforeAll(async () => {
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
  await addReimbursements(host);
  await addWorkflow(host, { title: 'Approve', sync: true, nodes: [approval] });
  await addWorkflow(host, { title: 'Refuse', sync: true, nodes: [failing] });
  await addWorkflow(host, { title: 'Everywhere', global: ['create'] });
  await addWorkflow(host, { title: 'Switched off', enabled: false });
  await addWorkflow(host, { title: 'Of people', collection: 'users' });
  ({ page, problems } = await openPage(browser, host.url, host.api.token));
  await page.goto(`${host.url}/admin`);
  await addPage(page, 'Classic page (v1)', 'Expenses');
  form = new ClassicPage(page);
  for (const nth of [0, 1]) {
    await form.addForm('Reimbursements');
    await form.addFields(NAME, ['Project name', 'Amount']);
    await form.addSubmit(NAME);
    await form.submitButton(NAME, nth).waitFor();
  }
});

beforeEach(({ task }) => forgetOnRetry(task, problems));

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

/** Submits one of the forms; the new record as it was when the answer came, and what the answer said of workflows. */
async function submitForm(nth: number, projectName: string) {
  await form.field(NAME, 'projectName', nth).fill(projectName);
  const { data, meta } = await (await sendForm(page, form.submitButton(NAME, nth), NAME)).json();
  await isEmptied(form.field(NAME, 'projectName', nth));
  return {
    record: await host.api.find(NAME, { filterByTk: data.id }),
    workflows: (meta?.workflows ?? []) as { key: string; status: number | null }[],
  };
}

const executions = async (title: string): Promise<unknown[]> =>
  (await host.api.list('executions', { appends: ['workflow'] })).filter(({ workflow }) => workflow.title === title);

describe('two forms on one collection', () => {
  it('offers enabled local workflows of the collection only, and keeps what was bound', async () => {
    let binding = await form.openBinding(NAME, 0);
    await binding.dialog.getByRole('button', { name: 'Add workflow' }).click();
    expect(await binding.offered(1)).toEqual(['Approve', 'Refuse']);
    await binding.take(1, 'Approve');
    await binding.save('Submit');
    await page.reload();
    binding = await form.openBinding(NAME, 0);
    await binding.rows().filter({ hasText: 'Approve' }).waitFor();
    await binding.save('Submit');
  });

  it('starts a local workflow from the bound form alone, and shows its result at once; a global one from both', async () => {
    await setDesignable(page, false);
    const bound = await submitForm(0, 'Taxi');
    expect(bound.record.status).toBe('approved');
    const unbound = await submitForm(1, 'Train');
    expect(unbound.record.status).toBeNull();
    await waitFor(async () => (await executions('Everywhere')).length === 2, { what: 'the global workflow to run twice' });
    expect(await executions('Approve')).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  it('runs the workflows of a button in their order, which the keyboard changes, and warns when a synchronous one failed', async () => {
    await setDesignable(page, true);
    const binding = await form.openBinding(NAME, 0);
    await binding.add('Refuse');
    await binding.rows().nth(1).getByRole('button', { name: /^Move Refuse/ }).focus();
    await page.keyboard.press('ArrowUp');
    await binding.rows().nth(0).getByRole('button', { name: /^Move Refuse: position 1 of 2/ }).waitFor();
    await binding.save('Submit');
    await setDesignable(page, false);
    const { record, workflows } = await submitForm(0, 'Hotel');
    expect(workflows.map(({ status }) => status)).toEqual([-1, 1, null]);
    // whoever pressed the button is warned that one failed, and told that the data is saved
    expect(record.projectName).toBe('Hotel');
    const notice = page.getByRole('alert').filter({ hasText: 'Your data was saved, but a workflow did not succeed' }).first();
    await notice.waitFor();
    await notice.getByText('Failed', { exact: false }).waitFor();
    expect(problems).toEqual([]);
  });

  it('marks bound workflows that were switched off or deleted since; the button goes on working', async () => {
    const workflows = await host.api.list('workflows');
    const idOf = (title: string) => workflows.find((workflow) => workflow.title === title).id;
    await host.api.update('workflows', idOf('Approve'), { enabled: false });
    await host.api.destroy('workflows', { filterByTk: idOf('Refuse') });

    const { record } = await submitForm(0, 'Ferry');
    expect(record.status).toBeNull();

    await setDesignable(page, true);
    const binding = await form.openBinding(NAME, 0);
    await binding.rows().filter({ hasText: 'Approve' }).getByText('Disabled', { exact: true }).waitFor();
    const deleted = binding.rows().filter({ hasText: 'Deleted' });
    await deleted.getByRole('button', { name: /^Remove/ }).click();
    await deleted.waitFor({ state: 'detached' });
    await binding.save('Submit');
    expect(problems).toEqual([]);
  });
});
