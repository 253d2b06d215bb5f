import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startHost, type TestHost } from '../helpers/host';
import { launchBrowser, openPage } from './browser';
import { TITLE, addOrders, addWorkflow, checkRun, submit, workflowKey } from './journey';
import { ModernPage } from './pages/ModernPage';
import { addPage, setDesignable } from './pages/menu';

let host: TestHost;
let browser: Browser;

beforeAll(async () => {
  [host, browser] = await Promise.all([startHost(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

it('leads from an empty database over a bound button to a run, in the v2 client', async () => {
  const { page, problems } = await openPage(browser, host.url, host.api.token);
  const admin = `${host.url}/v/admin`;
  await addOrders(page, host);
  await addWorkflow(page, admin);

  await page.goto(admin);
  await addPage(page, 'Page', 'Shop');
  const shop = new ModernPage(page);
  await shop.addForm('Orders');
  await shop.addFields(['Title', 'Amount']);
  await shop.addSubmit();
  const binding = await shop.openBinding();
  await binding.add(TITLE);
  await binding.save('Save');
  await setDesignable(page, false);

  await shop.field('Title').fill('Chairs');
  await shop.field('Amount').fill('21');
  expect(await submit(page, () => shop.submitButton().click())).toBe(await workflowKey(host));
  await checkRun(page, host, admin);
  expect(problems).toEqual([]);
});
