import type { Locator, Page } from 'playwright-core';
import { waitFor } from '../../helpers/waitFor';

/** Pages whose designer is on: it is off in a new browser context, and reloading changes nothing. */
const designable = new WeakSet<Page>();

/** Turns the host's page designer on or off, in either client. */
export async function setDesignable(page: Page, on: boolean): Promise<void> {
  if (designable.has(page) === on) return;
  await page.getByTestId('ui-editor-button').click();
  await page.getByTestId('schema-initializer-Menu-header').waitFor({ state: on ? 'visible' : 'detached' });
  if (on) designable.add(page);
  else designable.delete(page);
}

/** Menus of the designer open on hover. Closes them by leaving; a menu that the mouse left too quickly is entered again. */
export async function leaveMenus(page: Page): Promise<void> {
  const open = page.locator('.ant-dropdown:not(.ant-dropdown-hidden)').filter({ visible: true });
  await waitFor(
    async () => {
      await page.mouse.move(2, 300, { steps: 4 });
      if (await isGone(open.first())) return true;
      const box = await open.first().boundingBox();
      if (box) await page.mouse.move(box.x + 3, box.y + 3, { steps: 2 });
      return false;
    },
    { what: 'the menus of the designer to close' },
  );
}

const isGone = (menu: Locator): Promise<boolean> =>
  menu.waitFor({ state: 'hidden', timeout: 2_000 }).then(
    () => true,
    () => false,
  );

/** Adds a page to the top menu and opens it, with the designer on. The v2 client knows one kind, `Page`. */
export async function addPage(page: Page, kind: 'Classic page (v1)' | 'Modern page (v2)' | 'Page', title: string): Promise<void> {
  await setDesignable(page, true);
  await page.getByTestId('schema-initializer-Menu-header').hover();
  await page.getByRole('menuitem', { name: kind }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').first().fill(title);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.locator(`a[aria-label="${title}"]`).click();
  await page.waitForURL(/\/admin\/[^/]+/);
  // The host keeps other pages that were opened in the document; a fresh load has this one alone.
  await page.reload();
}
