import type { Locator, Page } from 'playwright-core';
import { EditorPage } from './EditorPage';
import { ExecutionPage } from './ExecutionPage';
import { tick } from './tick';

export interface NewWorkflow {
  title: string;
  /** title of the collection */
  collection: string;
  /** @default false */
  sync?: boolean;
  /** title or description of the trigger type. @default that of the post-action trigger */
  trigger?: string;
  /** fills in what the trigger type asks before the collection */
  preset?(drawer: Locator): Promise<void>;
}

/** How the post-action trigger describes itself: titles alone are ambiguous, other types name it in their descriptions. */
const POST_ACTION = 'Triggered after the completion of a request';

/** The list of workflows in the host's settings. */
export class WorkflowsPage {
  /** @param admin address of the client's admin area, e.g. `http://127.0.0.1:13000/v/admin` */
  constructor(
    readonly page: Page,
    private readonly admin: string,
  ) {}

  async open(): Promise<this> {
    await this.page.goto(`${this.admin}/settings/workflow`);
    await this.page.getByRole('button', { name: 'Add new' }).waitFor();
    return this;
  }

  row(title: string): Locator {
    return this.page.getByRole('row').filter({ hasText: title });
  }

  /** Adds a workflow, switched off. */
  async create({ title, collection, sync = false, trigger = POST_ACTION, preset }: NewWorkflow): Promise<void> {
    await this.page.getByRole('button', { name: 'Add new' }).click();
    const drawer = this.page.getByRole('dialog').filter({ hasText: 'Add a workflow' });
    await drawer.getByLabel('Name').fill(title);
    await drawer.getByRole('combobox', { name: 'Trigger type' }).click();
    await this.page.locator('.ant-select-item-option').filter({ hasText: trigger }).first().click();
    await preset?.(drawer);
    // Forms of the older kind do not tie the label to the field.
    const item = drawer.locator('.ant-form-item, .ant-formily-item').filter({ hasText: /^\*?\s*Collection/ });
    await item.getByRole('combobox').fill(collection);
    await this.page.locator('.ant-cascader-menu-item').filter({ hasText: collection }).last().click();
    if (sync) await tick(drawer.getByRole('radio', { name: 'Synchronously', exact: true }));
    await drawer.getByRole('button', { name: 'Submit' }).click();
    await this.row(title).waitFor();
  }

  /** Leaves an editor for the list. */
  async back(): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: 'Workflow', exact: true }).click();
    await this.page.getByRole('button', { name: 'Add new' }).waitFor();
  }

  async configure(title: string): Promise<EditorPage> {
    await this.row(title).getByRole('link', { name: 'Configure' }).click();
    return new EditorPage(this.page).opened();
  }

  async enable(title: string): Promise<void> {
    await this.page.getByRole('switch', { name: `Enabled-${title}` }).click();
    await this.page.locator(`[role=switch][aria-label="Enabled-${title}"][aria-checked=true]`).waitFor();
  }

  /** Opens the newest execution through the history of a workflow. */
  async newestExecution(title: string): Promise<ExecutionPage> {
    await this.executed(title).click();
    const history = this.page.getByRole('dialog').filter({ hasText: 'Execution history' });
    await history.getByRole('link', { name: /^view-/ }).first().click();
    return new ExecutionPage(this.page).opened();
  }

  /** How often the workflow was executed, as the list says it. */
  executed(title: string): Locator {
    return this.page.getByRole('button', { name: `executed-${title}` });
  }
}
