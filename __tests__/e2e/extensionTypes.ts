import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { EditorPage } from './pages/EditorPage';
import { chooseAssignee, ManualForm } from './pages/ManualForm';
import { choose, openOptions } from './pages/select';
import { tick } from './pages/tick';

/** Services outside of the host that settings of the nodes name. */
export interface Services {
  http: string;
  mailPort: number;
}

export interface Form extends Services {
  editor: EditorPage;
  drawer: Locator;
  page: Page;
}

/** A node type of an official extension: how its form is filled in, what is stored then, and what it shows again. */
export interface ExtensionType {
  type: string;
  fill(form: Form): Promise<void>;
  /** what is added around it once it is saved, without which it has nothing to do */
  complete?(form: Form): Promise<void>;
  /** its form cannot be saved as it opens, and says at the fields what is missing */
  asks?: true;
  /** part of the stored config */
  stored: Record<string, unknown>;
  /** what the form shows when it is opened again */
  shows: string[];
}

const typeInto = async (field: Locator, text: string): Promise<void> => {
  await field.click();
  await field.page().keyboard.press('ControlOrMeta+a');
  await field.page().keyboard.type(text);
};

/** Goes through the cascader that a form of the older kind opens. */
async function cascade(page: Page, path: string[]): Promise<void> {
  for (const name of path) {
    await page.locator('.ant-cascader-menu-item').filter({ visible: true }).filter({ hasText: new RegExp(`^${name}$`) }).last().click();
  }
}

const choosePerson = async (form: Form): Promise<void> => {
  await form.page.locator('.ant-popover').filter({ visible: true }).getByText('Select users', { exact: true }).click();
  await choose(form.drawer.getByRole('combobox').filter({ visible: true }).last(), 'Super Admin');
};

const parallel = (label: string, mode: string): ExtensionType => ({
  type: 'parallel',
  fill: async ({ drawer }) => {
    await tick(drawer.getByRole('radio', { name: label, exact: true }));
  },
  // Without a node in any branch it waits for ever: nothing tells it that a branch is done.
  complete: async ({ editor }) => {
    for (const branch of [/^add-button-parallel-.*-1$/, /^add-button-parallel-.*-2$/]) await editor.addSuggested(branch, 'variable');
  },
  shows: [`✓ ${label}`],
  stored: { mode },
});

/** In the order in which they are added; each is added before the others. */
export const EXTENSION_TYPES: ExtensionType[] = [
  {
    type: 'manual',
    fill: async ({ drawer, page }) => {
      await chooseAssignee(drawer, 'Super Admin');
      const form = await ManualForm.open(page, drawer);
      await form.addForm();
      await form.addTextField('Comment', 'comment');
      await form.close();
    },
    shows: ['Super Admin'],
    stored: { assignees: [1], forms: expect.any(Object) },
  },
  {
    type: 'aggregate',
    asks: true,
    fill: async ({ drawer, page }) => {
      await tick(drawer.getByRole('radio', { name: 'SUM' }));
      await drawer.getByRole('combobox', { name: 'Data of collection' }).fill('Items');
      await page.locator('.ant-cascader-menu-item').filter({ hasText: 'Items' }).last().click();
      await choose(drawer.getByRole('combobox', { name: 'Field to aggregate' }), 'Amount');
    },
    shows: ['✓ SUM', 'Items', 'Amount'],
    stored: { aggregator: 'sum', collection: 'items', params: { field: 'amount' } },
  },
  {
    type: 'cc',
    asks: true,
    fill: async (form) => {
      await form.drawer.getByRole('button', { name: /Add$/ }).click();
      await choosePerson(form);
      await typeInto(form.drawer.getByRole('textbox').last(), 'For your information');
    },
    shows: ['Super Admin', 'For your information'],
    stored: { users: [1], title: 'For your information' },
  },
  {
    type: 'dateCalculation',
    fill: async ({ drawer, page }) => {
      await drawer.getByRole('button', { name: /Add step$/ }).click();
      await page.getByRole('menuitem', { name: /^Get value on specific unit/ }).click();
    },
    shows: ['Get value on specific unit'],
    stored: { input: '{{$system.now}}', inputType: 'date', steps: [{ function: 'get' }] },
  },
  {
    type: 'delay',
    fill: async ({ drawer }) => {
      await choose(drawer.getByRole('combobox').first(), 'Seconds');
    },
    shows: ['Seconds'],
    stored: { duration: 1, unit: 1000, endStatus: 1 },
  },
  {
    type: 'dynamic-calculation',
    asks: true,
    fill: async ({ drawer, editor, page }) => {
      await drawer.getByRole('button', { name: 'variable-button' }).click();
      await cascade(page, ['Trigger variables', 'Trigger data', 'Rule']);
      // The list stays open: a rule could be opened as well.
      await drawer.getByText('Calculation expression').click();
      await editor.chooseVariable(drawer, 'Trigger data', 'Trigger data');
    },
    shows: ['Trigger variables / Trigger data / Rule', 'Trigger data'],
    stored: { expression: '{{$context.data.rule}}', scope: '{{$context.data}}' },
  },
  {
    type: 'script',
    fill: async ({ drawer, page }) => {
      await drawer.getByRole('button', { name: /Add argument$/ }).click();
      await drawer.getByRole('textbox', { name: 'Name' }).fill('n');
      await drawer.getByRole('button', { name: 'variable-switcher' }).click();
      await cascade(page, ['Trigger variables', 'Trigger data', 'Amount']);
      await typeInto(drawer.locator('.cm-content'), 'return n * 2');
    },
    shows: ['n', 'return n * 2'],
    stored: { content: 'return n * 2', arguments: [{ name: 'n', value: '{{$context.data.amount}}' }] },
  },
  {
    type: 'json-query',
    asks: true,
    fill: async ({ drawer, editor }) => {
      await editor.chooseVariable(drawer, 'Trigger data', 'Trigger data');
      await typeInto(drawer.getByRole('textbox', { name: 'Query expression' }), 'title');
    },
    shows: ['title'],
    stored: { engine: 'jmespath', source: '{{$context.data}}', expression: 'title' },
  },
  {
    type: 'json-variable-mapping',
    asks: true,
    fill: async ({ drawer, editor }) => {
      await editor.chooseVariable(drawer, 'Trigger data', 'Trigger data');
      await drawer.getByRole('textbox', { name: 'Input example' }).fill('{"title":"Chair"}');
      await drawer.getByRole('button', { name: 'Parse' }).click();
    },
    shows: ['title'],
    stored: { dataSource: '{{$context.data}}', variables: [{ path: 'title' }] },
  },
  {
    type: 'loop',
    fill: async ({ drawer }) => {
      await drawer.getByRole('spinbutton', { name: 'Loop target' }).fill('2');
      await tick(drawer.getByRole('radio', { name: 'Continue loop on next item' }));
    },
    shows: ['2', '✓ Continue loop on next item'],
    stored: { target: 2, exit: 2 },
  },
  {
    type: 'mailer',
    asks: true,
    fill: async ({ drawer, mailPort }) => {
      await drawer.getByRole('textbox', { name: 'Service host' }).fill('127.0.0.1');
      await drawer.getByRole('spinbutton', { name: 'Port' }).fill(String(mailPort));
      await choose(drawer.getByRole('combobox', { name: 'Secure' }), 'No');
      await drawer.getByRole('textbox', { name: 'User' }).fill('shop');
      await drawer.getByRole('textbox', { name: 'Password' }).fill('secret');
      await drawer.getByRole('textbox', { name: 'From' }).fill('shop@example.com');
      await drawer.getByRole('button', { name: /Add email address$/ }).first().click();
      await drawer.locator('.ant-form-item').filter({ hasText: /^To/ }).getByRole('textbox').last().fill('emma@example.com');
      await typeInto(drawer.getByRole('textbox', { name: 'Subject' }), 'Your order');
      await typeInto(drawer.getByRole('textbox', { name: 'Content', exact: true }), 'Thank you');
    },
    shows: ['127.0.0.1', 'shop@example.com', 'emma@example.com', 'Your order', 'Thank you'],
    stored: { provider: { secure: false, auth: { user: 'shop' } }, from: 'shop@example.com', to: ['emma@example.com'], subject: 'Your order', html: 'Thank you' },
  },
  {
    type: 'notification',
    asks: true,
    fill: async (form) => {
      await choose(form.drawer.getByRole('combobox', { name: 'Channel' }), 'inner');
      await form.drawer.getByRole('button', { name: /Add user$/ }).click();
      await choosePerson(form);
      await typeInto(form.drawer.getByRole('textbox', { name: 'Message title' }), 'News');
      await typeInto(form.drawer.getByRole('textbox', { name: 'Message content' }), 'A new item');
    },
    shows: ['inner', 'Super Admin', 'News', 'A new item'],
    stored: { channelName: 'inner', receivers: [1], title: 'News', content: 'A new item' },
  },
  parallel('All succeeded', 'all'),
  parallel('Any succeeded', 'any'),
  parallel('Any succeeded or failed', 'race'),
  parallel('Run all branches (ignore failures)', 'allSettled'),
  {
    type: 'request',
    asks: true,
    fill: async ({ drawer, http }) => {
      await typeInto(drawer.getByRole('textbox', { name: 'URL' }), `${http}/echo`);
      await typeInto(drawer.getByRole('textbox', { name: 'Body' }), '{"hello":"world"}');
    },
    shows: ['/echo', 'hello'],
    stored: { method: 'POST', url: expect.stringMatching(/\/echo$/), data: { hello: 'world' }, onlyData: true },
  },
  {
    type: 'sql',
    fill: async ({ drawer }) => {
      await typeInto(drawer.getByRole('textbox').first(), 'select 7 as seven');
    },
    shows: ['select 7 as seven'],
    stored: { sql: 'select 7 as seven' },
  },
  {
    type: 'variable',
    fill: async ({ drawer }) => {
      await drawer.getByRole('textbox', { name: 'Value' }).fill('hello');
    },
    shows: ['hello'],
    stored: { value: 'hello' },
  },
  {
    type: 'llm',
    asks: true,
    fill: async ({ drawer }) => {
      await choose(drawer.getByRole('combobox', { name: 'LLM service' }), 'local');
      const model = drawer.locator('.ant-form-item').filter({ hasText: /^Model/ }).getByRole('combobox');
      await model.fill('parrot');
      await typeInto(drawer.getByRole('tabpanel').getByRole('textbox').last(), 'hello');
    },
    shows: ['local', 'parrot', 'hello'],
    stored: { llmService: 'local', model: 'parrot', messages: [{ role: 'user', content: [{ content: 'hello' }] }] },
  },
  {
    type: 'ai-employee',
    asks: true,
    fill: async ({ drawer, page }) => {
      const task = drawer.getByRole('tabpanel', { name: 'Task' });
      await task.locator('.ant-dropdown-trigger').first().click();
      await page.getByRole('menuitem', { name: /Clerk/ }).click();
      const operator = task.getByRole('combobox').nth(1);
      await operator.click({ force: true });
      await openOptions(operator).filter({ hasText: 'Super Admin' }).first().click();
      await typeInto(task.getByRole('textbox', { name: /^Default user message/ }), 'How are you?');
      await drawer.getByRole('tab', { name: /Feedback/ }).click();
      await typeInto(drawer.getByRole('textbox', { name: /Structured output/ }), '{"type":"object","properties":{"mood":{"type":"string"}}}');
    },
    shows: ['Clerk', 'Super Admin', 'How are you?'],
    stored: { username: 'clerk', userId: 1, message: { user: 'How are you?' } },
  },
];
