import { ensureWorkflow } from './workflow.mjs';

const KEY = 'ordercheck1';

/**
 * Orders and stock: a new order checks the stock of its product, deducts what it takes, or ends as failed.
 * Executions of one workflow go in their order, so two orders never read the same stock.
 * @param {import('./HostApi.mjs').HostApi} api
 * @param {import('../../src/client/pages/workflows/templates/types').WorkflowTemplate} template
 */
export async function seedOrders(api, { collections, title, type, sync, config, nodes }) {
  for (const definition of collections) {
    await api.ensure('collections', { name: definition.name }, definition);
  }
  const product = await api.ensure('products', { name: 'Office chair' }, { stock: 100 });
  const workflow = await ensureWorkflow(api, { key: KEY, title, type, sync, config }, nodes);
  return { product, workflow };
}
