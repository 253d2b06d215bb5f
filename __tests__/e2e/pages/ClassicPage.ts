import type { Page } from 'playwright-core';
import { BindDialog } from './BindDialog';
import { leaveMenus } from './menu';

/** A page of the v1 client that is made of schema blocks. The designer is on while it is built. */
export class ClassicPage {
  constructor(readonly page: Page) {}

  private async hoverLabel(label: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).last().hover();
  }

  /** Adds a block that creates records. */
  async addForm(collection: string): Promise<void> {
    await this.hoverLabel('schema-initializer-Grid-page:addBlock');
    await this.page.getByRole('menuitem', { name: 'Form', exact: false }).first().hover();
    await this.page.getByRole('menuitem', { name: collection, exact: true }).click();
    await leaveMenus(this.page);
  }

  async addFields(name: string, titles: string[]): Promise<void> {
    await this.hoverLabel(`schema-initializer-Grid-form:configureFields-${name}`);
    for (const title of titles) await this.page.getByRole('menuitem', { name: title, exact: true }).click();
    await leaveMenus(this.page);
  }

  async addSubmit(name: string): Promise<void> {
    await this.hoverLabel(`schema-initializer-ActionBar-createForm:configureActions-${name}`);
    await this.page.getByRole('menuitem', { name: 'Submit', exact: true }).click();
    await leaveMenus(this.page);
  }

  /** @param nth form on the page, from 0 */
  submitButton(name: string, nth = 0) {
    return this.page.getByLabel(`action-Action-Submit-submit-${name}-form`, { exact: true }).nth(nth);
  }

  async openBinding(name: string, nth = 0): Promise<BindDialog> {
    await this.submitButton(name, nth).hover();
    await this.page.getByLabel(`designer-schema-settings-Action-actionSettings:createSubmit-${name}`).nth(nth).hover();
    await this.page.getByRole('menuitem', { name: 'Bind workflows' }).click();
    return new BindDialog(this.page).opened();
  }

  field(name: string, path: string, nth = 0) {
    return this.page.getByLabel(`block-item-CollectionField-${name}-form-${name}.${path}`).nth(nth).locator('input');
  }
}
