import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../helpers/host';
import { forgetOnRetry, launchBrowser, openPage } from './browser';
import { EditorPage } from './pages/EditorPage';
import { addItems } from './pages/extensionRecords';
import { WorkflowsPage } from './pages/WorkflowsPage';

/** Official extensions in the v2 client, and the drawers of all trigger types. Forms of nodes in the v1 client are in `extensionForms`, triggers in `extensionTriggers`. */

let host: TestHost;
let browser: Browser;

beforeAll(async () => {
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
  await addItems(host, 'http://127.0.0.1:1/v1');
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

/** A node type of an official extension: what its form needs, and what is stored then. */
interface ExtensionType {
  type: string;
  fill?(page: Page): Promise<void>;
  /** part of the stored config */
  stored: Record<string, unknown>;
}

const typed = (text: string) => async (page: Page) => {
  await page.locator('.ant-drawer-content-wrapper').filter({ visible: true }).last().getByRole('textbox').first().click();
  await page.keyboard.type(text);
};

const SAVED: ExtensionType[] = [
  { type: 'loop', stored: { target: 1 } },
  { type: 'delay', stored: { duration: 1, endStatus: 1 } },
  { type: 'script', stored: { content: 'return "Hello world!";' } },
  { type: 'dateCalculation', stored: { input: '{{$system.now}}' } },
  { type: 'variable', stored: { value: '' } },
  { type: 'sql', fill: typed('select 1'), stored: { sql: 'select 1' } },
  { type: 'parallel', stored: { mode: 'all' } },
];

/** Types whose forms cannot be saved as they open: they have to say what is missing, at the field. */
const INCOMPLETE = ['request', 'cc', 'mailer', 'notification', 'json-query', 'json-variable-mapping', 'aggregate', 'llm', 'ai-employee'];

const TRIGGERS = ['action', 'collection', 'schedule', 'custom-action', 'request-interception', 'ai-employee'];

function newWorkflow(title: string, type = 'action', sync = false): Promise<{ id: string }> {
  const config = { collection: 'items', ...(type === 'schedule' && { mode: 0 }), ...(type === 'collection' && { mode: 1 }), ...(type === 'custom-action' && { type: 1 }) };
  return host.api.create('workflows', { title, type, sync, config });
}

const nodesOf = ({ id }: { id: string }) => host.api.list('flow_nodes', { filter: { workflowId: id } });

describe('node types of official extensions in the v2 client', () => {
  let page: Page;
  let problems: string[];
  let editor: EditorPage;

  beforeAll(async () => {
    ({ page, problems } = await openPage(browser, host.url, host.api.token));
  });

  beforeEach(({ task }) => forgetOnRetry(task, problems));

  async function open(workflow: { id: string }): Promise<void> {
    await page.goto(`${host.url}/v/admin/settings/workflow/workflows/${workflow.id}`);
    editor = await new EditorPage(page).opened();
  }

  it('are added from the palette, configured, saved and shown again', async () => {
    const workflow = await newWorkflow('Saved');
    await open(workflow);
    const keys = new Map<string, string>();
    for (const { type, fill } of SAVED) {
      const key = await editor.addSuggested('add-button', type);
      keys.set(type, key);
      const drawer = await editor.openKey(key);
      await fill?.(page);
      await editor.save(drawer);
    }
    await editor.saved();
    const nodes = await nodesOf(workflow);
    for (const { type, stored } of SAVED) {
      expect({ type, config: nodes.find(({ key }) => key === keys.get(type))?.config }).toMatchObject({ type, config: stored });
    }
    await page.reload();
    await editor.opened();
    await editor.openKey(keys.get('parallel')!);
    expect(problems).toEqual([]);
  });

  describe('say what is missing before they can be saved', () => {
    beforeAll(async () => open(await newWorkflow('Incomplete')));

    it.each(INCOMPLETE)('%s', async (type) => {
      const drawer = await editor.openKey(await editor.addSuggested('add-button', type));
      await drawer.getByRole('button', { name: 'Save', exact: true }).click();
      await drawer.locator('.ant-form-item-explain-error').first().waitFor();
      await drawer.locator('.ant-drawer-close').click();
      await drawer.waitFor({ state: 'hidden' });
      expect(problems).toEqual([]);
    });

    it('one whose form is of the older kind is not offered where it cannot be configured', async () => {
      await editor.slot('add-button').click();
      const palette = page.getByRole('dialog', { name: 'Add node' });
      await palette.getByRole('button', { name: 'cc', exact: true }).waitFor();
      expect(await palette.getByRole('button', { name: 'manual', exact: true }).count()).toBe(0);
    });
  });

  it('answer in synchronous workflows', async () => {
    const workflow = await newWorkflow('Answer', 'action', true);
    await open(workflow);
    const drawer = await editor.openKey(await editor.addSuggested('add-button', 'response-message'));
    await typed('Thank you')(page);
    await editor.save(drawer);
    await editor.saved();
    expect((await nodesOf(workflow))[0].config).toMatchObject({ message: 'Thank you' });
    expect(problems).toEqual([]);
  });
});

describe.each([
  { client: 'v1', admin: '/admin' },
  { client: 'v2', admin: '/v/admin' },
])('in the $client client the drawer opens of the trigger', ({ client, admin }) => {
  let list: WorkflowsPage;
  let problems: string[];
  const titleOf = (type: string) => `${client} ${type}`;

  beforeAll(async () => {
    for (const type of TRIGGERS) await newWorkflow(titleOf(type), type, type === 'request-interception');
    const watched = await openPage(browser, host.url, host.api.token);
    problems = watched.problems;
    list = await new WorkflowsPage(watched.page, host.url + admin).open();
  });

  beforeEach(({ task }) => forgetOnRetry(task, problems));

  it.each(TRIGGERS)('%s', async (type) => {
    const editor = await list.configure(titleOf(type));
    const drawer = await editor.open(/^Trigger-/);
    await drawer.locator('label, .ant-formily-item-label').first().waitFor();
    await drawer.locator('.ant-drawer-close').click();
    await drawer.waitFor({ state: 'hidden' });
    await list.back();
    expect(problems).toEqual([]);
  });
});
