import type { Locator, Page, Request, Response } from 'playwright-core';
import { waitFor } from '../../helpers/waitFor';

const SWALLOWED_MS = 5_000;

/**
 * Sends a form of the host. Its button draws itself anew after the designer was left and while it is busy, and a click in
 * that moment goes nowhere: people click again, and so does this.
 * @returns what the server answered to the new record
 */
export async function sendForm(page: Page, button: Locator, collection: string): Promise<Response> {
  const isCreate = (url: string) => url.includes(`/${collection}:create`);
  const what = `the request of the form of ${collection}`;
  const sent: Request[] = [];
  const note = (asked: Request) => {
    if (isCreate(asked.url())) sent.push(asked);
  };
  page.on('request', note);
  const clicked = async () => {
    if (sent.length > 0) return true;
    await button.click({ timeout: SWALLOWED_MS });
    return waitFor(() => sent.length > 0, { what, timeoutMs: SWALLOWED_MS });
  };
  await waitFor(clicked, { what, timeoutMs: 60_000 }).finally(() => page.off('request', note));
  const request = sent[0]!;
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
