import type { Browser } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startHost, type TestHost } from '../helpers/host';
import { launchBrowser, openPage } from './browser';
import { addOrders, addWorkflow, checkRun, submitOnModernPage, workflowKey } from './journey';

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

it('leads from an empty database over a bound button to a run, in the v2 client', async () => {
  const { page, problems } = await openPage(browser, host.url, host.api.token);
  const admin = `${host.url}/v/admin`;
  await addOrders(page, host);
  await addWorkflow(page, admin);

  expect(await submitOnModernPage(page, admin, 'Page')).toBe(await workflowKey(host));
  await checkRun(page, host, admin);
  expect(problems).toEqual([]);
});
