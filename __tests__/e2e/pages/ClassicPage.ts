import type { Locator, Page } from 'playwright-core';
import { BindDialog } from './BindDialog';
import { chooseOnHover, next } from './menu';

/** A page of the v1 client that is made of schema blocks. The designer is on while it is built. */
export class ClassicPage {
  constructor(readonly page: Page) {}

  private choose(button: string, path: Locator[], outcome: Locator): Promise<void> {
    return chooseOnHover(this.page, [this.page.getByLabel(button, { exact: true }).last(), ...path], outcome);
  }

  /** Adds a block that creates records. */
  async addForm(collection: string): Promise<void> {
    await this.choose(
      'schema-initializer-Grid-page:addBlock',
      [
        this.page.getByRole('menuitem', { name: 'Form', exact: false }).first(),
        this.page.getByRole('menuitem', { name: collection, exact: true }),
      ],
      await next(this.page.getByLabel('schema-initializer-Grid-form:configureFields-')),
    );
  }

  async addFields(name: string, titles: string[]): Promise<void> {
    for (const title of titles) {
      await this.choose(
        `schema-initializer-Grid-form:configureFields-${name}`,
        [this.page.getByRole('menuitem', { name: title, exact: true })],
        await next(this.page.getByLabel(`block-item-CollectionField-${name}-form-`).filter({ hasText: title })),
      );
    }
  }

  async addSubmit(name: string): Promise<void> {
    await this.choose(
      `schema-initializer-ActionBar-createForm:configureActions-${name}`,
      [this.page.getByRole('menuitem', { name: 'Submit', exact: true })],
      await next(this.submitButtons(name)),
    );
  }

  private submitButtons(name: string): Locator {
    return this.page.getByLabel(`action-Action-Submit-submit-${name}-form`, { exact: true });
  }

  /** @param nth form on the page, from 0 */
  submitButton(name: string, nth = 0) {
    return this.submitButtons(name).nth(nth);
  }

  async openBinding(name: string, nth = 0): Promise<BindDialog> {
    const binding = new BindDialog(this.page);
    await chooseOnHover(
      this.page,
      [
        this.submitButton(name, nth),
        this.page.getByLabel(`designer-schema-settings-Action-actionSettings:createSubmit-${name}`).nth(nth),
        this.page.getByRole('menuitem', { name: 'Bind workflows' }),
      ],
      binding.dialog,
    );
    return binding.opened();
  }

  field(name: string, path: string, nth = 0) {
    return this.page.getByLabel(`block-item-CollectionField-${name}-form-${name}.${path}`).nth(nth).locator('input');
  }
}
