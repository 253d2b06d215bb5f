import type { Page } from 'playwright-core';
import { waitFor } from '../../helpers/waitFor';
import { chooseOnHover } from './menu';

/** The host's mobile client, below `/m`. */
export class MobilePages {
  constructor(
    readonly page: Page,
    private readonly url: string,
  ) {}

  async open(path = ''): Promise<this> {
    await this.page.goto(`${this.url}/m${path}`);
    return this;
  }

  tab(title: string) {
    return this.page.getByTestId(`mobile-tab-bar-${title}`);
  }

  /** Adds a tab with the designer of the mobile client, which a wide screen has. */
  async addTab(title: string): Promise<void> {
    const menu = this.page.getByTestId('schema-initializer-MobileTabBar');
    await waitFor(
      async () => {
        if (!(await menu.isVisible())) await this.page.getByTestId('ui-editor-button').click();
        await menu.waitFor({ timeout: 5_000 });
        return true;
      },
      { what: 'the designer of the mobile client', timeoutMs: 60_000 },
    );
    const tab = this.tab(title).or(this.page.getByTestId('mobile-tab-bar').getByText(title));
    await chooseOnHover(this.page, [menu, this.page.getByRole('menuitem', { name: title })], tab.first());
  }
}
