import type { Page } from 'playwright-core';

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
    await this.page.getByRole('button', { name: 'Create collection' }).hover();
    await this.page.getByRole('menuitem', { name: 'General collection' }).click();
    const drawer = this.page.getByRole('dialog');
    const inputs = drawer.locator('input[type=text], input:not([type])');
    await inputs.nth(0).fill(title);
    await inputs.nth(1).fill(name);
    await this.page.getByLabel('action-Action-Submit-collections').click();
    await this.row(title).waitFor();
  }

  private row(title: string) {
    return this.page.getByRole('row').filter({ hasText: title });
  }

  /** Adds fields to the collection with this title. */
  async addFields(title: string, fields: { kind: FieldKind; title: string; name: string }[]): Promise<void> {
    await this.row(title).getByText('Configure fields').click();
    for (const field of fields) {
      await this.page.getByRole('button', { name: 'Add field' }).hover();
      await this.page.getByRole('menuitem', { name: field.kind, exact: true }).click();
      const drawer = this.page.getByRole('dialog').last();
      const inputs = drawer.locator('input[type=text], input:not([type])');
      await inputs.nth(0).fill(field.title);
      await inputs.nth(1).fill(field.name);
      await drawer.getByRole('button', { name: /^action-Action-Submit-fields/ }).click();
      await this.page.getByRole('row').filter({ hasText: field.name }).first().waitFor();
    }
  }
}
