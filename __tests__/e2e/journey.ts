import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TestHost } from '../helpers/host';
import { waitFor } from '../helpers/waitFor';
import { CollectionsPage } from './pages/CollectionsPage';
import type { ExecutionPage } from './pages/ExecutionPage';
import { ModernPage } from './pages/ModernPage';
import { WorkflowsPage } from './pages/WorkflowsPage';
import { sendForm } from './pages/forms';
import { addPage, setDesignable, type PageKind } from './pages/menu';

/** Steps of the journey from an empty database to a run, which three kinds of pages go; letters as in the contract. */

export const TITLE = 'Double the amount';

/** A: a collection with two fields, on the host's page. */
export async function addOrders(page: Page, host: TestHost): Promise<void> {
  const collections = await new CollectionsPage(page, host.url).open();
  await collections.create('Orders', 'orders');
  await collections.addFields('Orders', [
    { kind: 'Single line text', title: 'Title', name: 'title' },
    { kind: 'Integer', title: 'Amount', name: 'amount' },
  ]);
}

/** B and C: a workflow that calculates with what was submitted; switched on before it has nodes. */
export async function addWorkflow(page: Page, admin: string): Promise<void> {
  const list = await new WorkflowsPage(page, admin).open();
  await list.create({ title: TITLE, collection: 'Orders' });
  await list.enable(TITLE);
  const editor = await list.configure(TITLE);
  await editor.add('add-button', 'calculation');
  const drawer = await editor.open('Calculation-Calculation');
  await editor.doubleAmount(drawer);
}

/** F: the list counts the run, the history leads to it, and the canvas shows what became of it. */
export async function checkRun(page: Page, host: TestHost, admin: string): Promise<ExecutionPage> {
  const [execution] = await waitFor(
    async () => {
      const all = await host.api.list('executions', { filter: { status: 1 }, appends: ['jobs'] });
      return all.length > 0 && all;
    },
    { what: 'the run to end' },
  );
  expect(execution.jobs.map(({ result }: { result: unknown }) => result)).toEqual([42]);
  const list = await new WorkflowsPage(page, admin).open();
  await list.executed(TITLE).getByText('1', { exact: true }).waitFor();
  const run = await list.newestExecution(TITLE);
  await run.becomes('Resolved');
  await run.job('Calculation-Calculation').waitFor();
  return run;
}

/** Submits through the button and tells what its request asked for. */
export async function submit(page: Page, button: Locator): Promise<string | null> {
  const response = await sendForm(page, button, 'orders');
  return new URL(response.url()).searchParams.get('triggerWorkflows');
}

/** Key of the workflow of the journey. */
export async function workflowKey(host: TestHost): Promise<string> {
  const [workflow] = await host.api.list('workflows', { filter: { title: TITLE } });
  return workflow.key;
}

/** E: a modern page with a form whose button is bound, and one record sent with it. @returns what the request asked for */
export async function submitOnModernPage(page: Page, admin: string, kind: PageKind): Promise<string | null> {
  await page.goto(admin);
  await addPage(page, kind, 'Shop');
  const shop = new ModernPage(page);
  await shop.addForm('Orders');
  await shop.addFields(['Title', 'Amount']);
  await shop.addSubmit();
  const binding = await shop.openBinding();
  await binding.add(TITLE);
  await binding.save('Save');
  await setDesignable(page, false);

  await shop.field('Title').fill('Chairs');
  await shop.field('Amount').fill('21');
  return submit(page, shop.submitButton());
}
