import type { Browser } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startHost, type TestHost } from '../helpers/host';
import { launchBrowser, openPage } from './browser';
import { addOrders, addWorkflow, checkRun, submit, submitOnModernPage, workflowKey } from './journey';
import { ModernPage } from './pages/ModernPage';

let host: TestHost;
let browser: Browser;

// A second attempt begins with an empty database too.
beforeEach(async () => {
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
});

afterEach(async () => {
  await browser?.close();
  await host?.close();
});

it('leads from an empty database over a bound button of a modern page to a run, and the page works in the v2 client too', async () => {
  const { page, problems } = await openPage(browser, host.url, host.api.token);
  const admin = `${host.url}/admin`;
  await addOrders(page, host);
  await addWorkflow(page, admin);

  const key = await workflowKey(host);
  expect(await submitOnModernPage(page, admin, 'Modern page (v2)')).toBe(key);
  const address = new URL(page.url()).pathname;
  await checkRun(page, host, admin);

  await page.goto(`${host.url}/v${address}`);
  const shop = new ModernPage(page);
  await shop.field('Title').fill('Tables');
  expect(await submit(page, shop.submitButton())).toBe(key);
  expect(problems).toEqual([]);
});
