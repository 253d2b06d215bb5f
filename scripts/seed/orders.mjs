import { collection, comparison, integerField, manyToOneField, selectField, textField } from './definitions.mjs';
import { ensureWorkflow } from './workflow.mjs';

const KEY = 'ordercheck1';

const collections = [
  collection('products', 'Products', 'name', [textField('name', 'Name'), integerField('stock', 'Stock')]),
  collection('orders', 'Orders', 'id', [
    manyToOneField('product', 'Product', 'products', 'name'),
    integerField('quantity', 'Quantity'),
    selectField('status', 'Status', { confirmed: 'Confirmed', rejected: 'Rejected' }),
  ]),
];

const setStatus = (status) => ({
  collection: 'orders',
  params: { individualHooks: false, filter: { id: '{{$context.data.id}}' }, values: { status } },
});

/** Runs of one workflow are executed in their order, so two orders never read the same stock. */
const nodes = [
  {
    key: 'product',
    type: 'query',
    title: 'Find the product',
    config: {
      collection: 'products',
      multiple: false,
      failOnEmpty: true,
      params: { filter: { id: '{{$context.data.productId}}' } },
    },
  },
  {
    key: 'enough',
    type: 'condition',
    title: 'Enough in stock?',
    after: 'product',
    config: {
      rejectOnFalse: false,
      engine: 'basic',
      calculation: comparison('{{$jobsMapByNodeKey.product.stock}}', 'gte', '{{$context.data.quantity}}'),
    },
  },
  {
    key: 'remaining',
    type: 'calculation',
    title: 'Remaining stock',
    after: 'enough',
    branchIndex: 1,
    config: { engine: 'math.js', expression: '{{$jobsMapByNodeKey.product.stock}} - {{$context.data.quantity}}' },
  },
  {
    key: 'deduct',
    type: 'update',
    title: 'Deduct from stock',
    after: 'remaining',
    config: {
      collection: 'products',
      params: {
        individualHooks: false,
        filter: { id: '{{$context.data.productId}}' },
        values: { stock: '{{$jobsMapByNodeKey.remaining}}' },
      },
    },
  },
  { key: 'confirm', type: 'update', title: 'Confirm the order', after: 'deduct', config: setStatus('confirmed') },
  {
    key: 'reject',
    type: 'update',
    title: 'Reject the order',
    after: 'enough',
    branchIndex: 0,
    config: setStatus('rejected'),
  },
  { key: 'failed', type: 'end', title: 'Not enough', after: 'reject', config: { endStatus: -1 } },
];

/**
 * Orders and stock: a new order checks the stock of its product, deducts what it takes, or ends as failed.
 * @param {import('./HostApi.mjs').HostApi} api
 */
export async function seedOrders(api) {
  for (const definition of collections) {
    await api.ensure('collections', { name: definition.name }, definition);
  }
  const product = await api.ensure('products', { name: 'Office chair' }, { stock: 100 });
  const workflow = await ensureWorkflow(
    api,
    {
      key: KEY,
      title: 'Order: check and deduct stock',
      type: 'action',
      sync: false,
      config: { collection: 'orders', global: false, appends: ['product'] },
    },
    nodes,
  );
  return { product, workflow };
}
