import type { Locator, Page, Response } from 'playwright-core';
import { waitFor } from '../../helpers/waitFor';

const SWALLOWED_MS = 5_000;

/**
 * Sends a form of the host. Its button draws itself anew after the designer was left and while it is busy, and a click in
 * that moment goes nowhere: people click again, and so does this.
 * @returns what the server answered to the new record
 */
export async function sendForm(page: Page, button: Locator, collection: string): Promise<Response> {
  const isCreate = (url: string) => url.includes(`/${collection}:create`);
  const request = await waitFor(
    async () => {
      const [sent] = await Promise.all([
        page.waitForRequest((asked) => isCreate(asked.url()), { timeout: SWALLOWED_MS }).catch(() => null),
        button.click(),
      ]);
      return sent;
    },
    { what: `the request of the form of ${collection}`, timeoutMs: 60_000 },
  );
  const response = await request.response();
  if (!response) throw new Error(`The request of the form of ${collection} failed: ${request.failure()?.errorText}`);
  return response;
}

/**
 * Waits until a form may be filled in again: it empties itself some time after the answer to what it sent.
 * @param field one that was filled in
 */
export async function isEmptied(field: Locator): Promise<void> {
  await waitFor(async () => (await field.inputValue()) === '', { what: 'the form to be empty again' });
}
