import type { Locator, Page } from 'playwright-core';
import { BindDialog } from './BindDialog';
import { leaveMenus } from './menu';

const whole = (text: string) => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);

/** A page made of flow models: in the v1 client, and below `/v` in the v2 client. The designer is on while it is built. */
export class ModernPage {
  constructor(readonly page: Page) {}

  /** Opens the menu behind a button of the designer and goes through it. */
  private async choose(button: string, path: string[], nth = -1): Promise<void> {
    const buttons = this.page.getByRole('button', { name: button });
    await (nth < 0 ? buttons.last() : buttons.nth(nth)).hover();
    for (const [index, name] of path.entries()) {
      // The name of an item with a submenu includes that of its arrow.
      const item = this.page.getByRole('menuitem').filter({ hasText: whole(name) }).filter({ visible: true }).last();
      if (index < path.length - 1) await item.hover();
      else await item.click();
    }
    await leaveMenus(this.page);
  }

  async addForm(collection: string): Promise<void> {
    await this.choose('Add block', ['Form (Add new)', collection]);
  }

  /** @param nth form on the page, from 0 */
  async addFields(titles: string[], nth = -1): Promise<void> {
    for (const title of titles) await this.choose('Fields', [title], nth);
  }

  async addSubmit(nth = -1): Promise<void> {
    await this.choose('Actions', ['Submit'], nth);
    await this.submitButton().waitFor();
  }

  submitButton(nth = 0): Locator {
    return this.page.getByRole('button', { name: 'Submit', exact: true }).nth(nth);
  }

  async openBinding(nth = 0): Promise<BindDialog> {
    await this.submitButton(nth).hover();
    await this.page.locator('[aria-label="flows-settings"]').last().hover();
    await this.page.getByRole('menuitem', { name: 'Bind workflows' }).click();
    return new BindDialog(this.page).opened();
  }

  /** @param title of the field, as the form shows it */
  field(title: string, nth = 0): Locator {
    return this.page.locator('form').nth(nth).locator('.ant-form-item').filter({ hasText: title }).locator('input');
  }
}
