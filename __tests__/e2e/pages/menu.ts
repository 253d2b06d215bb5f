import type { Locator, Page } from 'playwright-core';
import { waitFor } from '../../helpers/waitFor';

const SWALLOWED_MS = 8_000;

/** Pages whose designer is on: it is off in a new browser context, and reloading changes nothing. */
const designable = new WeakSet<Page>();

/** Turns the host's page designer on or off, in either client. */
export async function setDesignable(page: Page, on: boolean): Promise<void> {
  if (designable.has(page) === on) return;
  const menu = page.getByTestId('schema-initializer-Menu-header');
  // While the page draws itself anew the button swallows clicks.
  await waitFor(
    async () => {
      await closeNotices(page);
      if ((await menu.isVisible()) !== on) await page.getByTestId('ui-editor-button').click({ timeout: SWALLOWED_MS });
      await menu.waitFor({ state: on ? 'visible' : 'detached', timeout: SWALLOWED_MS });
      return true;
    },
    { what: `the designer to be ${on ? 'on' : 'off'}`, timeoutMs: 60_000 },
  );
  if (on) designable.add(page);
  else designable.delete(page);
}

/** Notices lie over the buttons of the header, and stay for as long as the mouse is over them. */
async function closeNotices(page: Page): Promise<void> {
  const close = page.locator('.ant-notification-notice-close').filter({ visible: true });
  while ((await close.count()) > 0) {
    const notices = await close.count();
    // one that goes by itself meanwhile is as good as closed
    await close.first().click({ timeout: SWALLOWED_MS }).catch(() => undefined);
    await waitFor(async () => (await close.count()) < notices, { what: 'a notice to close' });
  }
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

const ENTRY_MS = 4_000;

/**
 * Goes through a menu that opens on hover: over each of `path`, with a click on the last. While blocks are still growing
 * the button moves away from below the mouse and its menu closes; then it is opened again.
 *
 * @param outcome shows when the click was taken. On a busy machine a click may be taken although the wait for it ended,
 * and a menu that is just closing may swallow one: without looking, it would be made twice or not at all.
 */
export async function chooseOnHover(page: Page, path: Locator[], outcome: Locator): Promise<void> {
  await waitFor(
    async () => {
      if (await outcome.isVisible()) return true;
      await page.mouse.move(2, 300);
      for (const entry of path.slice(0, -1)) await entry.hover({ timeout: ENTRY_MS });
      await path.at(-1)!.click({ timeout: ENTRY_MS });
      await outcome.waitFor({ timeout: SWALLOWED_MS });
      return true;
    },
    { what: 'the menu of the designer', timeoutMs: 90_000 },
  );
  await leaveMenus(page);
}

/** The element that a list of equal ones has next, e.g. the form that is about to be added to a page with two. */
export async function next(elements: Locator): Promise<Locator> {
  return elements.nth(await elements.count());
}

/** The kinds of page, by the host's labels; the v2 client knows one, `Page`. */
export type PageKind = 'Classic page (v1)' | 'Modern page (v2)' | 'Page';

/** Adds a page to the top menu and opens it, with the designer on. */
export async function addPage(page: Page, kind: PageKind, title: string): Promise<void> {
  await setDesignable(page, true);
  const dialog = page.getByRole('dialog');
  await chooseOnHover(page, [page.getByTestId('schema-initializer-Menu-header'), page.getByRole('menuitem', { name: kind })], dialog);
  await dialog.getByRole('textbox').first().fill(title);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.locator(`a[aria-label="${title}"]`).click();
  await page.waitForURL(/\/admin\/[^/]+/);
  // The host keeps other pages that were opened in the document; a fresh load has this one alone.
  await page.reload();
}
