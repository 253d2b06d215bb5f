/** Data that make the pictures worth looking at, on top of the worked examples. */

const DRAFT = 'Express orders';

async function firstVersion(api, key) {
  return api.findOne('workflows', { key, current: true });
}

/** Ends when nothing is being executed any more but what waits for people. */
async function untilQuiet(api) {
  for (;;) {
    const filter = encodeURIComponent(JSON.stringify({ status: { $empty: true } }));
    if ((await api.request('GET', `executions:list?filter=${filter}&pageSize=1&fields=id`)).length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/**
 * @param {import('../seed/HostApi.mjs').HostApi} api of the root user
 * @returns {Promise<{ draft: object, run: object }>} a workflow that may still be edited, and an execution with a story
 */
export async function ensureShowcase(api) {
  const orders = await firstVersion(api, 'ordercheck1');
  const reimbursement = await firstVersion(api, 'reimburse1');
  const sales = await api.ensure('workflowCategories', { title: 'Sales' }, { color: 'blue' });
  const finance = await api.ensure('workflowCategories', { title: 'Finance' }, { color: 'orange' });
  await api.post(`workflows:update?filterByTk=${orders.id}`, {
    categories: [sales.id],
    description: 'Deducts what an order takes from the stock, or rejects the order.',
  });
  await api.post(`workflows:update?filterByTk=${reimbursement.id}`, { categories: [finance.id] });
  await api.ensure('workflows', { title: 'Nightly clean-up' }, {
    type: 'schedule',
    sync: false,
    current: true,
    config: { mode: 0, startsOn: '2026-01-01T02:00:00.000Z', repeat: '0 0 2 * * *' },
  });
  let draft = await api.findOne('workflows', { title: DRAFT });
  draft ??= await api.post(`workflows:revision?filterByTk=${orders.id}`, { title: DRAFT });

  if (!(await api.findOne('executions', { key: 'ordercheck1' }))) {
    const product = await api.findOne('products', { name: 'Office chair' });
    for (const quantity of [2, 5, 500, 3]) {
      await api.post('orders:create?triggerWorkflows=ordercheck1', { product: { id: product.id }, quantity });
    }
    for (const amount of [499, 501]) {
      await api.post('reimbursements:create?triggerWorkflows=reimburse1', { projectName: 'Taxi to client', amount });
    }
  }
  await untilQuiet(api);
  const run = await api.findOne('executions', { key: 'ordercheck1', status: 1 });
  return { draft, run };
}
