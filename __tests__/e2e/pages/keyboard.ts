import type { Page } from 'playwright-core';
import { waitFor } from '../../helpers/waitFor';

const MAX_STEPS = 60;

/** Name of what has the focus, as far as the tests know things by name. */
const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    const labelled = element?.id ? document.querySelector(`label[for="${element.id}"]`)?.textContent : undefined;
    return element?.getAttribute('aria-label') ?? labelled ?? element?.textContent ?? '';
  });

/**
 * Presses a key until something with this name has the focus.
 * @throws Error when it is not reached: then it cannot be used by keyboard
 */
export async function tabTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const seen: string[] = [];
  for (let step = 0; step < MAX_STEPS; step += 1) {
    await page.keyboard.press(key);
    const focused = await focusedName(page);
    if (typeof name === 'string' ? focused === name : name.test(focused)) return;
    seen.push(focused.slice(0, 40));
  }
  throw new Error(`"${name}" is not reached with ${key}. On the way: ${seen.join(' | ')}`);
}

/** Waits until what has this name has the focus without a key being pressed. */
export async function focusOn(page: Page, name: string): Promise<void> {
  try {
    await waitFor(async () => (await focusedName(page)) === name, { what: `the focus on "${name}"` });
  } catch (failure) {
    throw new Error(`The focus is not on "${name}" but on "${(await focusedName(page)).slice(0, 80)}"`, { cause: failure });
  }
}

/** Opens the select in focus and goes down to an option. */
export async function pick(page: Page, option: string): Promise<void> {
  await page.keyboard.press('Enter');
  const list = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').last();
  await list.locator('.ant-select-item-option').first().waitFor();
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const active = list.locator('.ant-select-item-option-active');
    if (((await active.textContent()) ?? '').trim() === option) {
      await page.keyboard.press('Enter');
      await list.waitFor({ state: 'hidden' });
      return;
    }
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`The select has no option "${option}"`);
}

/** Types into the search of the variable tree that is open and takes what is found first. */
export async function pickVariable(page: Page, search: string): Promise<void> {
  const field = page.getByRole('combobox', { name: 'Search variables' });
  await field.waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Search variables');
  await page.keyboard.type(search);
  await page.getByRole('tree', { name: 'Variables' }).getByRole('treeitem').filter({ hasText: search }).first().waitFor();
  await page.keyboard.press('Enter');
  await field.waitFor({ state: 'hidden' });
}
