import type { Locator, Page } from 'playwright-core';
import { waitFor } from '../../helpers/waitFor';
import { ExecutionPage } from './ExecutionPage';
import { tick } from './tick';

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
  slot(name: string | RegExp): Locator {
    return this.page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
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

  /**
   * Adds a node with what its type suggests, at the topmost place of this name.
   * @returns its key
   */
  async addSuggested(slot: string | RegExp, type: string): Promise<string> {
    const cards = this.page.locator(`.workflow-node-type-${type}`);
    const keys = () => cards.evaluateAll((all) => all.map((card) => card.getAttribute('data-wf-card')!));
    const known = new Set(await keys());
    await this.slot(slot).first().click();
    await this.page.getByRole('dialog', { name: 'Add node' }).getByRole('button', { name: type, exact: true }).click();
    const step = this.page.getByRole('dialog', { name: /^Add "/ });
    return waitFor(
      async () => {
        // Types with branches ask where the nodes after them go.
        if (await step.isVisible()) await step.getByRole('button', { name: 'Add', exact: true }).click();
        return (await keys()).find((key) => !known.has(key));
      },
      { what: `the card of ${type}` },
    );
  }

  /** Opens the drawer of the card with this key, by mouse. */
  async openKey(key: string): Promise<Locator> {
    await this.page.locator(`[data-wf-card="${key}"] .workflow-node-meta`).click();
    return this.drawer();
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

  /**
   * Executes this version by hand.
   * @param fill fills in the dialog
   * @returns the page of the execution
   */
  async execute(fill: (dialog: Locator) => Promise<void>): Promise<ExecutionPage> {
    await this.page.getByRole('button', { name: 'Execute manually' }).click();
    const dialog = this.page.getByRole('dialog').filter({ hasText: 'Execute manually' });
    await fill(dialog);
    await tick(dialog.getByRole('checkbox', { name: /new version/ }), false);
    // the link is there for some seconds only
    const view = this.page.getByRole('link', { name: 'View the execution' }).click();
    await Promise.all([view, dialog.getByRole('button', { name: 'Execute', exact: true }).click()]);
    return new ExecutionPage(this.page).opened();
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

  /** Fills in the drawer of a calculation with a variable "Amount" and what is typed behind it, and saves that. */
  async doubleAmount(drawer: Locator): Promise<void> {
    const expression = drawer.getByRole('textbox', { name: 'Expression' });
    await expression.click();
    await this.chooseVariable(drawer, 'Amount', 'Amount');
    await expression.press('End');
    await this.page.keyboard.type(' * 2');
    await this.save(drawer);
    await this.saved();
  }
}
