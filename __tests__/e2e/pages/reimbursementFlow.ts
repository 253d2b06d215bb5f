import type { Locator } from 'playwright-core';
import type { EditorPage } from './EditorPage';
import { focusOn, pick, pickVariable, tabTo } from './keyboard';
import { choose } from './select';

/** Requests of up to 500 are approved at once: a condition with two branches, and an update in the branch "No". */

export const CONDITION = 'Condition-Condition';
export const UPDATE = 'Update record-Update record';
const IN_NO = 'add-button-condition-Condition-0';

const condition = (drawer: Locator) => drawer.getByRole('group', { name: 'Condition', exact: true });

export async function buildByMouse(editor: EditorPage): Promise<void> {
  const { page } = editor;
  await editor.add('add-button', 'condition', 'Branch into "Yes" and "No"');
  let drawer = await editor.open(CONDITION);
  await drawer.getByRole('button', { name: /Add condition$/ }).click();
  await editor.chooseVariable(condition(drawer), 'Amount', 'Amount');
  await choose(condition(drawer).getByRole('combobox', { name: 'Comparison' }), 'is greater than');
  await choose(condition(drawer).getByRole('combobox', { name: 'Type of the value' }), 'Number');
  await condition(drawer).getByLabel('Right value').fill('500');
  await editor.save(drawer);

  await editor.slot(IN_NO).click();
  await page.getByRole('dialog', { name: 'Add node' }).getByRole('button', { name: 'update', exact: true }).click();
  const step = page.getByRole('dialog', { name: /^Add "/ });
  await step.getByLabel('Collection').fill('Reimbursements');
  await page.locator('.ant-cascader-menu-item').filter({ hasText: 'Reimbursements' }).last().click();
  await step.getByRole('button', { name: 'Add', exact: true }).click();

  drawer = await editor.open(UPDATE);
  await drawer.getByRole('button', { name: /Add condition$/ }).click();
  await condition(drawer).getByRole('combobox', { name: 'Field' }).click({ force: true });
  await page.locator('.ant-cascader-menu-item').filter({ hasText: /^ID$/ }).click();
  await editor.chooseVariable(condition(drawer), 'ID', 'ID');
  await choose(drawer.getByRole('combobox', { name: 'Add field' }), 'Status');
  await choose(drawer.getByRole('combobox', { name: 'Status' }), 'Approved');
  await editor.save(drawer);
  await editor.saved();
  await editor.enable();
}

export async function buildByKeyboard(editor: EditorPage): Promise<void> {
  const { page } = editor;
  const { keyboard } = page;
  await tabTo(page, /^Trigger-/);
  await keyboard.press('a');
  await focusOn(page, 'Search node types');
  await keyboard.type('condition');
  await keyboard.press('Enter');
  await page.waitForFunction(() => (document.activeElement as HTMLInputElement | null)?.type === 'radio');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await focusOn(page, CONDITION);

  await keyboard.press('Enter');
  await editor.drawer();
  await tabTo(page, 'Add condition');
  await keyboard.press('Enter');
  // The new condition has the focus, on its left value: the picker stands beside it.
  await tabTo(page, 'Choose a variable');
  await keyboard.press('Enter');
  await pickVariable(page, 'Amount');
  await tabTo(page, 'Comparison');
  await pick(page, 'is greater than');
  await tabTo(page, 'Type of the value');
  await pick(page, 'Number');
  await tabTo(page, 'Right value');
  await keyboard.press('Control+A');
  await keyboard.type('500');
  await keyboard.press('Control+Enter');
  await focusOn(page, CONDITION);

  await tabTo(page, IN_NO);
  await keyboard.press('Enter');
  await focusOn(page, 'Search node types');
  await keyboard.type('update record');
  await keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox' && document.activeElement.id !== '');
  await keyboard.type('Reimbursements');
  await page.locator('.ant-cascader-menu-item').filter({ hasText: 'Reimbursements' }).waitFor();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await tabTo(page, 'Add');
  await keyboard.press('Enter');
  await focusOn(page, UPDATE);

  await keyboard.press('Enter');
  await editor.drawer();
  await tabTo(page, 'Add condition');
  await keyboard.press('Enter');
  await focusOn(page, 'Field');
  await keyboard.type('ID');
  await page.locator('.ant-cascader-menu-item').filter({ hasText: /^ID$/ }).first().waitFor();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await tabTo(page, 'Choose a variable');
  await keyboard.press('Enter');
  await pickVariable(page, 'ID');
  await tabTo(page, 'Add field');
  await pick(page, 'Status');
  await focusOn(page, 'Status');
  await pick(page, 'Approved');
  await tabTo(page, 'Save');
  await keyboard.press('Enter');
  await focusOn(page, UPDATE);
  await editor.saved();
  await tabTo(page, 'Enabled', 'Shift+Tab');
  await keyboard.press('Space');
  await page.locator('[role=switch][aria-label="Enabled"][aria-checked=true]').waitFor();
}
