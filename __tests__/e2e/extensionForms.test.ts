import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../helpers/host';
import { HttpTarget } from '../helpers/httpTarget';
import { MailTarget } from '../helpers/mailTarget';
import { answerAsParrot } from '../helpers/parrotModel';
import { waitFor } from '../helpers/waitFor';
import { launchBrowser, openPage } from './browser';
import { EXTENSION_TYPES, type ExtensionType, type Form } from './extensionTypes';
import { EditorPage } from './pages/EditorPage';
import type { ExecutionPage } from './pages/ExecutionPage';
import { addItems } from './pages/extensionRecords';
import { choose } from './pages/select';

/**
 * What people do with the node types of official extensions, in one workflow: add, configure, save, reopen, execute. What
 * results, errors and other settings come to is in the integration tests.
 */

let host: TestHost;
let browser: Browser;
let target: HttpTarget;
let mail: MailTarget;
let page: Page;
let problems: string[];
let editor: EditorPage;
let workflow: { id: string; key: string };
const keys = new Map<ExtensionType, string>();

const CASES = EXTENSION_TYPES.map((entry) => ({ name: [entry.type, entry.stored.mode].filter(Boolean).join(' '), entry }));

/** Higher than the workflow: what is not in the window is not drawn. */
const TALL = { width: 1600, height: 6_000 };

beforeAll(async () => {
  [host, browser, mail, target] = await Promise.all([
    startHost(),
    launchBrowser(),
    MailTarget.start(),
    HttpTarget.start((request) => {
      const { path, body } = request;
      return path.includes('chat') ? answerAsParrot(request) : { body: { path, body } };
    }),
  ]);
  // Not in the preset.
  await host.api.post('pm:enable?filterByTk=workflow-dynamic-calculation');
  await host.ready();
  await addItems(host, `${target.url}/v1`);
  workflow = await host.api.create('workflows', { title: 'Everything', type: 'action', sync: false, config: { collection: 'items', appends: ['rule'] } });
  ({ page, problems } = await openPage(browser, host.url, host.api.token));
  await openEditor();
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
  await Promise.all([target?.close(), mail?.close()]);
});

async function openEditor(): Promise<void> {
  await page.goto(`${host.url}/admin/settings/workflow/workflows/${workflow.id}`);
  editor = await new EditorPage(page).opened();
}

/** The texts and values that a drawer shows; what is ticked has a mark before its label. */
const contentOf = (drawer: Locator): Promise<string> =>
  drawer.locator('.ant-drawer-body').evaluate((body) => {
    const controls = [...body.querySelectorAll<HTMLInputElement>('input, textarea')].map((control) =>
      control.checked ? `✓ ${control.closest('label')?.innerText}` : control.value,
    );
    return [(body as HTMLElement).innerText, ...controls].join('\n');
  });

describe.each(CASES)('$name', ({ entry }) => {
  it('is added from the palette, configured and saved', async () => {
    // A case that failed leaves its drawer open.
    if ((await page.locator('.ant-drawer-open').count()) > 0) await openEditor();
    problems.length = 0;
    const key = await editor.addSuggested('add-button', entry.type);
    keys.set(entry, key);
    const drawer = await editor.openKey(key);
    if (entry.asks) {
      await drawer.getByRole('button', { name: 'Save', exact: true }).click();
      await drawer.locator('.ant-form-item-explain-error, .ant-formily-item-error-help').first().waitFor();
    }
    const form: Form = { editor, drawer, page, http: target.url, mailPort: mail.port };
    await entry.fill(form);
    await editor.save(drawer);
    await entry.complete?.(form);
    expect(problems).toEqual([]);
  });
});

describe('after a reload', () => {
  let stored: Map<string, { config: object }>;

  beforeAll(async () => {
    await editor.saved();
    const nodes = await host.api.list('flow_nodes', { filter: { workflowId: workflow.id }, paginate: false });
    stored = new Map(nodes.map((node) => [node.key, node]));
    await page.setViewportSize(TALL);
    await openEditor();
  });

  it.each(CASES)('the drawer shows what was saved: $name', async ({ entry }) => {
    expect(stored.get(keys.get(entry)!)?.config).toMatchObject(entry.stored);
    if ((await page.locator('.ant-drawer-open').count()) > 0) await openEditor();
    const drawer = await editor.openKey(keys.get(entry)!);
    await waitFor(
      async () => {
        const content = await contentOf(drawer);
        const missing = entry.shows.filter((text) => !content.includes(text));
        if (missing.length > 0) throw new Error(`not shown: ${missing.join(', ')}, in ${content}`);
        return true;
      },
      { what: 'the drawer to show what was saved', timeoutMs: 60_000 },
    );
    // Nothing was changed: it closes without asking.
    await drawer.locator('.ant-drawer-close').click();
    await drawer.waitFor({ state: 'hidden' });
    expect(problems).toEqual([]);
  });
});

describe('executed by hand', () => {
  let run: ExecutionPage;

  beforeAll(async () => {
    run = await editor.execute(async (dialog) => {
      await choose(dialog.getByRole('combobox', { name: 'Trigger data' }), 'Table');
      await choose(dialog.getByRole('combobox', { name: /User acted$/ }), 'Super Admin');
    });
  });

  it.each(CASES.filter(({ entry }) => entry.type !== 'manual').reverse())('its job is resolved: $name', async ({ entry }) => {
    await run.jobOf(keys.get(entry)!, 'Resolved').waitFor();
  });

  it('manual waits for a person, whose answer in the task centre ends the run', async () => {
    const [{ entry }] = CASES.filter((each) => each.entry.type === 'manual') as [(typeof CASES)[number]];
    await run.jobOf(keys.get(entry)!, 'Pending').waitFor();
    await run.becomes('On going');
    const desk = await page.context().newPage();
    await desk.goto(`${host.url}/admin/workflow/tasks`);
    await desk.getByRole('menuitem', { name: /^My manual tasks/ }).click();
    await desk.getByText('Manual', { exact: true }).click();
    const todo = desk.getByRole('dialog');
    await todo.getByRole('textbox').fill('Looks right');
    await todo.getByRole('button', { name: 'Continue the process' }).click();
    await todo.waitFor({ state: 'hidden' });
    await desk.close();
    await run.jobOf(keys.get(entry)!, 'Resolved').waitFor();
    await run.becomes('Resolved');
    expect(problems).toEqual([]);
  });

  it('what they do outside has happened', () => {
    expect(mail.received.map((text) => /^Subject: (.*)$/m.exec(text)?.[1]?.trim())).toEqual(['Your order']);
    expect(target.to('/echo').map(({ body }) => JSON.parse(body))).toEqual([{ hello: 'world' }]);
  });
});
