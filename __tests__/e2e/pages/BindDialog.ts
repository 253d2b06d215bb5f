import type { Locator, Page } from 'playwright-core';
import { openOptions } from './select';

/** The dialog "Bind workflows" of a button, on classic and on modern pages. */
export class BindDialog {
  readonly dialog: Locator;

  constructor(readonly page: Page) {
    this.dialog = page.getByRole('dialog').filter({ hasText: 'Add workflow' });
  }

  async opened(): Promise<this> {
    await this.dialog.getByRole('button', { name: 'Add workflow' }).waitFor();
    return this;
  }

  rows(): Locator {
    return this.dialog.getByRole('list', { name: 'Bound workflows' }).getByRole('listitem');
  }

  /** Opens the list of what a row may bind. */
  private async openSelect(position: number): Promise<Locator> {
    const combobox = this.dialog.getByRole('combobox', { name: `Workflow ${position}`, exact: true });
    await combobox.click({ force: true });
    const options = openOptions(combobox);
    await options.first().waitFor();
    return options;
  }

  /** Titles that are offered for a row; their list stays open. */
  async offered(position: number): Promise<string[]> {
    const options = await this.openSelect(position);
    return options.locator('.ant-typography').allTextContents();
  }

  /** Takes a workflow from the list that is open. */
  async take(position: number, title: string): Promise<void> {
    await openOptions(this.dialog).filter({ hasText: title }).click();
    await this.rows().nth(position - 1).getByText(title, { exact: true }).filter({ visible: true }).waitFor();
  }

  async choose(position: number, title: string): Promise<void> {
    await this.openSelect(position);
    await this.take(position, title);
  }

  async add(title: string): Promise<void> {
    const position = (await this.rows().count()) + 1;
    await this.dialog.getByRole('button', { name: 'Add workflow' }).click();
    await this.choose(position, title);
  }

  /** @param button `Submit` on classic pages, `Save` on modern ones */
  async save(button: 'Submit' | 'Save'): Promise<void> {
    await this.dialog.getByRole('button', { name: button, exact: true }).click();
    await this.dialog.waitFor({ state: 'hidden' });
  }
}
