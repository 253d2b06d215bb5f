import type { Browser } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startHost, type TestHost } from '../helpers/host';
import { launchBrowser, openPage } from './browser';
import { TITLE, addOrders, addWorkflow, checkRun, submit, workflowKey } from './journey';
import { ClassicPage } from './pages/ClassicPage';
import { addPage, setDesignable } from './pages/menu';

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

it('leads from an empty database over a bound button of a classic page to a run', async () => {
  const { page, problems } = await openPage(browser, host.url, host.api.token);
  const admin = `${host.url}/admin`;
  await addOrders(page, host);
  await addWorkflow(page, admin);

  await page.goto(admin);
  await addPage(page, 'Classic page (v1)', 'Shop');
  const shop = new ClassicPage(page);
  await shop.addForm('Orders');
  await shop.addFields('orders', ['Title', 'Amount']);
  await shop.addSubmit('orders');
  const binding = await shop.openBinding('orders');
  await binding.add(TITLE);
  await binding.save('Submit');
  await setDesignable(page, false);

  await shop.field('orders', 'title').fill('Chairs');
  await shop.field('orders', 'amount').fill('21');
  expect(await submit(page, shop.submitButton('orders'))).toBe(await workflowKey(host));
  await checkRun(page, host, admin);
  expect(problems).toEqual([]);
});
