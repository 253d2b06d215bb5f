import type { Locator, Page } from 'playwright-core';

/** The canvas with its toolbar and drawers. */
export class EditorPage {
  readonly canvas: Locator;

  constructor(readonly page: Page) {
    this.canvas = page.getByRole('tree');
  }

  async opened(): Promise<this> {
    await this.card(/^Trigger-/).waitFor();
    return this;
  }

  card(name: string | RegExp): Locator {
    return this.page.getByRole('treeitem', typeof name === 'string' ? { name, exact: true } : { name });
  }

  /** A place to add a node: `add-button`, or `add-button-<type>-<title>[-<branch>]`. */
  slot(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /**
   * Adds a node by mouse.
   * @param choice label of what the type asks before it is added, if it asks anything
   */
  async add(slot: string, type: string, choice?: string): Promise<void> {
    await this.slot(slot).click();
    await this.page.getByRole('dialog', { name: 'Add node' }).getByRole('button', { name: type, exact: true }).click();
    if (choice === undefined) return;
    const step = this.page.getByRole('dialog', { name: /^Add "/ });
    await step.getByText(choice, { exact: true }).click();
    await step.getByRole('button', { name: 'Add', exact: true }).click();
    await step.waitFor({ state: 'hidden' });
  }

  /** Opens the drawer of a card by mouse. */
  async open(name: string | RegExp): Promise<Locator> {
    await this.card(name).locator('.workflow-node-meta').click();
    return this.drawer();
  }

  async drawer(): Promise<Locator> {
    const drawer = this.page.locator('.ant-drawer-content-wrapper').filter({ visible: true }).last();
    await drawer.getByRole('button', { name: 'Save', exact: true }).waitFor();
    return drawer;
  }

  async save(drawer: Locator): Promise<void> {
    await drawer.getByRole('button', { name: 'Save', exact: true }).click();
    await drawer.waitFor({ state: 'hidden' });
  }

  /** All edits are stored. */
  async saved(): Promise<void> {
    await this.page.locator('[data-save-status=saved]').waitFor();
  }

  async enable(): Promise<void> {
    await this.page.getByRole('switch', { name: 'Enabled' }).click();
    await this.page.locator('[role=switch][aria-label="Enabled"][aria-checked=true]').waitFor();
  }

  /** Chooses a variable by its name in the tree that the `nth` picker of `where` opens. */
  async chooseVariable(where: Locator, search: string, label: string, nth = 0): Promise<void> {
    await where.getByRole('button', { name: /^(Choose a|Insert) variable$/ }).nth(nth).click();
    const field = this.page.getByRole('combobox', { name: 'Search variables' });
    await field.fill(search);
    await this.page.getByRole('tree', { name: 'Variables' }).getByRole('treeitem').filter({ hasText: label }).first().click();
    await field.waitFor({ state: 'hidden' });
  }
}
