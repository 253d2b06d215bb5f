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

  /** The mark of what the node with this key did; with a status only while it is this one. Only what is in the window is drawn. */
  jobOf(key: string, status = ''): Locator {
    return this.page.locator(`[data-wf-card="${key}"]`).getByRole('button', { name: new RegExp(`^Job, ?${status}`) });
  }

  /** The mark of what a node did; with a status only while it is this one. */
  job(card: string, status = ''): Locator {
    return this.card(card).getByRole('button', { name: new RegExp(`^Job, ?${status}`) });
  }
}
