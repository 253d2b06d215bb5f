import type { Locator, Page } from 'playwright-core';

/** One execution on the canvas. */
export class ExecutionPage {
  constructor(readonly page: Page) {}

  async opened(): Promise<this> {
    await this.page.waitForURL(/\/workflow\/executions\/[^/]+$/);
    await this.page.getByRole('group', { name: 'About the execution' }).waitFor();
    return this;
  }

  /** The status of the execution, in words. */
  status(): Locator {
    return this.page.getByRole('group', { name: 'About the execution' }).getByRole('status');
  }

  /** Waits, without a reload, until the execution stands so. */
  async becomes(status: string): Promise<void> {
    await this.status().getByText(status, { exact: true }).waitFor();
  }

  card(name: string): Locator {
    return this.page.getByRole('treeitem', { name, exact: true });
  }

  /** The mark of what a node did, e.g. `Job, Resolved`. */
  job(card: string): Locator {
    return this.card(card).getByRole('button', { name: /^Job/ });
  }
}
