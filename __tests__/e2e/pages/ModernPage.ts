import type { Locator, Page } from 'playwright-core';
import { BindDialog } from './BindDialog';
import { chooseOnHover, next } from './menu';

const whole = (text: string) => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);

/** A page made of flow models: in the v1 client, and below `/v` in the v2 client. The designer is on while it is built. */
export class ModernPage {
  constructor(readonly page: Page) {}

  /** Opens the menu behind a button of the designer and goes through it. */
  private async choose(button: string, path: string[], outcome: Locator, nth = -1): Promise<void> {
    const buttons = this.page.getByRole('button', { name: button });
    // The name of an item with a submenu includes that of its arrow.
    const items = path.map((name) => this.page.getByRole('menuitem').filter({ hasText: whole(name) }).filter({ visible: true }).last());
    await chooseOnHover(this.page, [nth < 0 ? buttons.last() : buttons.nth(nth), ...items], outcome);
  }

  async addForm(collection: string): Promise<void> {
    await this.choose('Add block', ['Form (Add new)', collection], await next(this.page.getByRole('button', { name: 'Fields' })));
  }

  /** @param nth form on the page, from 0 */
  async addFields(titles: string[], nth = -1): Promise<void> {
    for (const title of titles) {
      await this.choose('Fields', [title], await next(this.items(this.page.locator('form'), title)), nth);
    }
  }

  async addSubmit(nth = -1): Promise<void> {
    await this.choose('Actions', ['Submit'], await next(this.submitButtons()), nth);
  }

  submitButton(nth = 0): Locator {
    return this.submitButtons().nth(nth);
  }

  private submitButtons(): Locator {
    // By their text: the icon of a button that was busy may stay in its name, although it is no longer to be seen.
    return this.page.getByRole('button').filter({ hasText: whole('Submit') });
  }

  async openBinding(nth = 0): Promise<BindDialog> {
    const binding = new BindDialog(this.page);
    await chooseOnHover(
      this.page,
      [
        this.submitButton(nth),
        this.page.locator('[aria-label="flows-settings"]').last(),
        this.page.getByRole('menuitem', { name: 'Bind workflows' }),
      ],
      binding.dialog,
    );
    return binding.opened();
  }

  /** @param title of the field, as the form shows it */
  field(title: string, nth = 0): Locator {
    return this.items(this.page.locator('form').nth(nth), title).locator('input');
  }

  private items(forms: Locator, title: string): Locator {
    return forms.locator('.ant-form-item').filter({ hasText: title });
  }
}
