import type { Locator, Page } from 'playwright-core';
import { chooseOnHover } from './menu';

/** Kind of field, as the host's menu names it. */
export type FieldKind = 'Single line text' | 'Integer' | 'Number';

/** The host's page for the collections of the main data source, in the v1 client. */
export class CollectionsPage {
  constructor(
    readonly page: Page,
    private readonly origin: string,
  ) {}

  async open(): Promise<this> {
    await this.page.goto(`${this.origin}/admin/settings/data-source-manager/main/collections`);
    await this.page.getByRole('button', { name: 'Create collection' }).waitFor();
    return this;
  }

  async create(title: string, name: string): Promise<void> {
    const item = this.page.getByRole('menuitem', { name: 'General collection' });
    await this.add('Create collection', item, this.page.getByLabel('action-Action-Submit-collections'), { title, name });
    await this.row(title).waitFor();
  }

  /** Takes an item of the menu behind a button, and fills in the drawer that it opens. */
  private async add(button: string, item: Locator, submit: Locator, { title, name }: { title: string; name: string }): Promise<void> {
    await chooseOnHover(this.page, [this.page.getByRole('button', { name: button }), item], submit);
    const inputs = this.page.getByRole('dialog').last().locator('input[type=text], input:not([type])');
    await inputs.nth(0).fill(title);
    await inputs.nth(1).fill(name);
    await submit.click();
    await submit.waitFor({ state: 'hidden' });
  }

  private row(title: string) {
    return this.page.getByRole('row').filter({ hasText: title });
  }

  /** Adds fields to the collection with this title. */
  async addFields(title: string, fields: { kind: FieldKind; title: string; name: string }[]): Promise<void> {
    await this.row(title).getByText('Configure fields').click();
    for (const field of fields) {
      const item = this.page.getByRole('menuitem', { name: field.kind, exact: true });
      await this.add('Add field', item, this.page.getByRole('button', { name: /^action-Action-Submit-fields/ }), field);
      await this.page.getByRole('row').filter({ hasText: field.name }).first().waitFor();
    }
  }
}
