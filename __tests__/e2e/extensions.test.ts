import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../helpers/host';
import { launchBrowser, openPage } from './browser';
import { EditorPage } from './pages/EditorPage';

let host: TestHost;
let browser: Browser;

beforeAll(async () => {
  host = await startHost();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

/** A node type of an official extension: what its form needs, and what is stored then. */
interface ExtensionType {
  type: string;
  fill?(drawer: Locator, page: Page): Promise<void>;
  /** part of the stored config */
  stored: Record<string, unknown>;
  /** not there in the v2 client: its form is of the older kind */
  v1Only?: boolean;
}

const SAVED: ExtensionType[] = [
  { type: 'loop', stored: { target: 1 } },
  { type: 'delay', stored: { duration: 1, endStatus: 1 } },
  { type: 'script', stored: { content: 'return "Hello world!";' } },
  { type: 'dateCalculation', stored: { input: '{{$system.now}}' } },
  { type: 'variable', stored: { value: '' } },
  {
    type: 'sql',
    fill: async (drawer) => {
      await drawer.getByRole('textbox').first().click();
      await drawer.page().keyboard.type('select 1');
    },
    stored: { sql: 'select 1' },
  },
  { type: 'parallel', stored: { mode: 'all' } },
];

/** Types whose forms cannot be saved as they open: they have to say what is missing, at the field. */
const INCOMPLETE = ['request', 'cc', 'mailer', 'notification', 'json-query', 'json-variable-mapping', 'aggregate', 'llm', 'ai-employee'];

async function newWorkflow(type: string, sync = false): Promise<{ id: string }> {
  return host.api.create('workflows', {
    title: `Extensions of ${type}`,
    type,
    sync,
    current: true,
    config: { collection: 'users', mode: 1 },
  }) as Promise<{ id: string }>;
}

async function addOf(editor: EditorPage, type: string): Promise<void> {
  await editor.page.getByRole('button', { name: /^add-button/ }).first().click();
  await editor.page.getByRole('dialog', { name: 'Add node' }).getByRole('button', { name: type, exact: true }).click();
  const card = editor.page.locator(`.workflow-node-type-${type}`).first();
  const step = editor.page.getByRole('dialog', { name: /^Add "/ });
  await card.or(step).first().waitFor();
  // Types with branches ask where the nodes after them go.
  if (await step.isVisible()) await step.getByRole('button', { name: 'Add', exact: true }).click();
  await card.waitFor();
}

async function openOf(editor: EditorPage, type: string): Promise<Locator> {
  await editor.page.locator(`.workflow-node-type-${type}`).first().locator('.workflow-node-meta').click();
  return editor.drawer();
}

describe.each([
  { client: 'v1', admin: '/admin' },
  { client: 'v2', admin: '/v/admin' },
])('node types of official extensions in the $client client', ({ client, admin }) => {
  async function open(workflow: { id: string }) {
    const { page, problems } = await openPage(browser, host.url, host.api.token);
    await page.goto(`${host.url}${admin}/settings/workflow/workflows/${workflow.id}`);
    await page.locator('.wf-card').first().waitFor();
    return { editor: new EditorPage(page), page, problems };
  }

  it('are added from the palette, configured, saved and shown again', async () => {
    const workflow = await newWorkflow('action');
    const { editor, page, problems } = await open(workflow);
    for (const { type, fill } of SAVED) {
      await addOf(editor, type);
      const drawer = await openOf(editor, type);
      await fill?.(drawer, page);
      await editor.save(drawer);
    }
    await editor.saved();
    const nodes = await host.api.list('flow_nodes', { filter: { workflowId: workflow.id } });
    for (const { type, stored } of SAVED) {
      expect({ type, config: nodes.find((node: { type: string }) => node.type === type)?.config }).toMatchObject({ type, config: stored });
    }
    await page.reload();
    await page.locator('.wf-card').first().waitFor();
    await openOf(editor, 'parallel');
    expect(problems).toEqual([]);
  });

  it.each(INCOMPLETE)('say what is missing before they can be saved: %s', async (type) => {
    const { editor, problems } = await open(await newWorkflow('action'));
    await addOf(editor, type);
    const drawer = await openOf(editor, type);
    await drawer.getByRole('button', { name: 'Save', exact: true }).click();
    await drawer.locator('.ant-form-item-explain-error').first().waitFor();
    expect(problems).toEqual([]);
  });

  it('answer in synchronous workflows', async () => {
    const workflow = await newWorkflow('action', true);
    const { editor, problems } = await open(workflow);
    await addOf(editor, 'response-message');
    const drawer = await openOf(editor, 'response-message');
    await drawer.getByRole('textbox').first().click();
    await editor.page.keyboard.type('Thank you');
    await editor.save(drawer);
    await editor.saved();
    const [node] = await host.api.list('flow_nodes', { filter: { workflowId: workflow.id } });
    expect(node.config).toMatchObject({ message: 'Thank you' });
    expect(problems).toEqual([]);
  });

  it('wait for people', async () => {
    const { editor, problems } = await open(await newWorkflow('action'));
    if (client === 'v1') {
      await addOf(editor, 'manual');
      const drawer = await openOf(editor, 'manual');
      await drawer.getByText('Assignees').waitFor();
      await drawer.getByRole('button', { name: 'Configure user interface' }).waitFor();
    } else {
      // Its form is of the older kind: the type is not offered where it cannot be configured.
      await editor.page.getByRole('button', { name: /^add-button/ }).first().click();
      const palette = editor.page.getByRole('dialog', { name: 'Add node' });
      await palette.getByRole('button', { name: 'cc', exact: true }).waitFor();
      expect(await palette.getByRole('button', { name: 'manual', exact: true }).count()).toBe(0);
    }
    expect(problems).toEqual([]);
  });

  it.each(['action', 'collection', 'schedule', 'custom-action', 'request-interception', 'ai-employee'])(
    'open the drawer of the trigger %s',
    async (type) => {
      const workflow = (await host.api.create('workflows', {
        title: `Trigger ${type}`,
        type,
        sync: type === 'request-interception',
        current: true,
        config: type === 'custom-action' ? { type: 1, collection: 'users' } : { collection: 'users', mode: type === 'schedule' ? 0 : 1 },
      })) as { id: string };
      const { editor, page, problems } = await open(workflow);
      await page.locator('.wf-card').first().locator('.workflow-node-meta').click();
      const drawer = await editor.drawer();
      await drawer.locator('label, .ant-formily-item-label').first().waitFor();
      expect(problems).toEqual([]);
    },
  );
});
