import type { Locator } from 'playwright-core';

/** The list of the select that is open. */
export const openOptions = (combobox: Locator): Locator =>
  combobox.page().locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').last().locator('.ant-select-item-option');

/** Chooses an option of antd's select by mouse. Its input lies below the chosen value, which takes the click. */
export async function choose(combobox: Locator, option: string | RegExp): Promise<void> {
  await combobox.click({ force: true });
  await openOptions(combobox).filter({ hasText: option }).first().click();
}
