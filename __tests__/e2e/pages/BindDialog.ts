import type { Locator, Page } from 'playwright-core';

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

  /** Titles that are offered for the row, which must have none yet. */
  async offered(position: number): Promise<string[]> {
    const list = await this.openSelect(position);
    const titles = await list.locator('.ant-select-item-option').evaluateAll((options) =>
      options.map((option) => option.getAttribute('title') ?? option.querySelector('.ant-typography')?.textContent ?? ''),
    );
    await this.page.keyboard.press('Escape');
    return titles;
  }

  private async openSelect(position: number): Promise<Locator> {
    await this.dialog.getByRole('combobox', { name: `Workflow ${position}`, exact: true }).click();
    const list = this.page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').last();
    await list.locator('.ant-select-item-option, .ant-empty, a').first().waitFor();
    return list;
  }

  async add(title: string): Promise<void> {
    const position = (await this.rows().count()) + 1;
    await this.dialog.getByRole('button', { name: 'Add workflow' }).click();
    const list = await this.openSelect(position);
    await list.locator('.ant-select-item-option').filter({ hasText: title }).click();
    await this.rows().nth(position - 1).getByText(title, { exact: true }).filter({ visible: true }).waitFor();
  }

  /** @param button `Submit` on classic pages, `Save` on modern ones */
  async save(button: 'Submit' | 'Save'): Promise<void> {
    await this.dialog.getByRole('button', { name: button, exact: true }).click();
    await this.dialog.waitFor({ state: 'hidden' });
  }
}
