import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../helpers/host';
import { seed } from '../../scripts/seed/index.mjs';
import { waitFor } from '../helpers/waitFor';
import { launchBrowser, openPage } from './browser';
import { V1_EXPORTS, V2_EXPORTS } from './exports';
import { WorkflowsPage } from './pages/WorkflowsPage';

let host: TestHost;
let browser: Browser;

beforeAll(async () => {
  host = await startHost();
  await seed({ url: host.url, account: 'admin@nocobase.com', password: 'admin123' });
  const product = (await host.api.list('products'))[0];
  await host.api.create(
    'orders',
    { product: { id: product.id }, quantity: 3 },
    { triggerWorkflows: 'ordercheck1' },
  );
  await waitFor(async () => (await host.api.list('executions', { filter: { status: 1 } }))[0], {
    what: 'the run of the order',
  });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

const CLIENT = { id: '@nocobase/plugin-workflow/client', names: V1_EXPORTS };
const CLIENT_V2 = { id: '@nocobase/plugin-workflow/client-v2', names: V2_EXPORTS };

describe.each([
  { client: 'v1', admin: '/admin', modules: [CLIENT, CLIENT_V2] },
  { client: 'v2', admin: '/v/admin', modules: [CLIENT_V2] },
])('$client client', ({ admin, modules }) => {
  it('loads with all stock plugins and without an error', async () => {
    const { page, problems } = await openPage(browser, host.url, host.api.token);
    await page.goto(`${host.url}${admin}`);
    await page.getByText('No pages yet, please configure first').waitFor();
    expect(problems).toEqual([]);
  });

  it.each(modules)('offers every name of $id to extensions', async ({ id, names }) => {
    const { page } = await openPage(browser, host.url, host.api.token);
    await page.goto(`${host.url}${admin}`);
    await page.getByText('No pages yet, please configure first').waitFor();
    const missing = await page.evaluate(
      ({ module, expected }) => {
        const { requirejs } = (globalThis as unknown as { requirejs: { requirejs(id: string): object } }).requirejs;
        const exported = requirejs(module) as Record<string, unknown>;
        return expected.filter((name) => exported[name] === undefined);
      },
      { module: id, expected: names },
    );
    expect(missing).toEqual([]);
  });

  it('lists the workflows, the executions of one and what its nodes did', async () => {
    const { page, problems } = await openPage(browser, host.url, host.api.token);
    const workflows = await new WorkflowsPage(page, `${host.url}${admin}`).open();
    const row = workflows.row('Order: check and deduct stock');
    await row.getByText('Post-action event').waitFor();
    const execution = await workflows.newestExecution('Order: check and deduct stock');
    await execution.becomes('Resolved');
    await execution.job('Calculation-Remaining stock').click();
    await page.getByText('97', { exact: true }).first().waitFor();
    expect(problems).toEqual([]);
  });

  it('switches a workflow off and on', async () => {
    const { page, problems } = await openPage(browser, host.url, host.api.token);
    await page.goto(`${host.url}${admin}/settings/workflow`);
    const toggle = page.getByRole('switch', { name: 'Enabled-Order: check and deduct stock' });
    for (const enabled of [false, true]) {
      await toggle.click();
      await waitFor(
        async () => (await host.api.list('workflows', { filter: { key: 'ordercheck1' } }))[0].enabled === enabled,
        { what: `the workflow to be ${enabled ? 'on' : 'off'}` },
      );
      await page.locator(`[role=switch][aria-label="Enabled-Order: check and deduct stock"][aria-checked="${enabled}"]`).waitFor();
    }
    expect(problems).toEqual([]);
  });
});
