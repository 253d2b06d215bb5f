import type { Locator, Page } from 'playwright-core';
import { chooseOnHover } from './menu';

/** The page builder of the manual node, in the drawer behind "Configure user interface". */
export class ManualForm {
  private readonly drawer: Locator;

  private constructor(readonly page: Page) {
    this.drawer = page.locator('.ant-nb-action-drawer').filter({ hasText: 'User interface' });
  }

  static async open(page: Page, config: Locator): Promise<ManualForm> {
    await config.getByRole('button', { name: 'Configure user interface' }).click();
    return new ManualForm(page);
  }

  /** Opens a menu of the designer and takes an item. */
  private choose(button: RegExp, item: string, outcome: Locator): Promise<void> {
    return chooseOnHover(this.page, [this.drawer.getByLabel(button), this.page.getByRole('menuitem', { name: item, exact: true })], outcome);
  }

  /** A form with a button that approves. */
  async addForm(): Promise<void> {
    await this.choose(/configureUserInterface:addBlock$/, 'Custom form', this.drawer.getByRole('button', { name: 'Continue the process' }));
  }

  async addTextField(title: string, name: string): Promise<void> {
    // Not the builder around it, whose button says "Configure fields".
    const field = this.page.getByRole('dialog').filter({ hasText: /Configure field(?!s)/ });
    await this.choose(/customForm:configureFields/, 'Single line text', field);
    await field.getByRole('textbox').nth(0).fill(title);
    await field.getByRole('textbox').nth(1).fill(name);
    await field.getByRole('button', { name: 'Submit' }).click();
    await this.drawer.getByText(title).first().waitFor();
  }

  /** A button that rejects. */
  async addRejection(): Promise<void> {
    await this.choose(/form:configureActions/, 'Terminate the process', this.drawer.getByRole('button', { name: /Terminate the process/ }));
  }

  async close(): Promise<void> {
    await this.drawer.locator('.ant-drawer-close').click();
    await this.drawer.locator('.ant-drawer-content-wrapper').waitFor({ state: 'hidden' });
  }
}

/** Chooses who has to decide, in the form of the manual node. */
export async function chooseAssignee(config: Locator, nickname: string): Promise<void> {
  await config.getByTestId('select-single').click();
  await config.page().locator('.ant-select-dropdown').filter({ visible: true }).locator('.ant-select-item-option').filter({ hasText: nickname }).first().click();
}
