import { chain, collectionDefinition, comparison, integerField, manyToOneField, selectField, textField, updateTriggerRecord } from './definitions';
import type { Translate, WorkflowTemplate } from './types';

const STOCK = '{{$jobsMapByNodeKey.product.stock}}';
const QUANTITY = '{{$context.data.quantity}}';
const PRODUCT = { id: '{{$context.data.productId}}' };

/** A new order checks the stock of its product, deducts what it takes, or ends as failed. */
export const orderTemplate = (t: Translate): WorkflowTemplate => ({
  key: 'orders',
  title: t('Order: check and deduct stock'),
  description: t('A submitted order checks the stock of its product. Enough: the stock is deducted and the order confirmed. Too little: the order is rejected.'),
  collections: [
    collectionDefinition('products', t('Products'), 'name', [textField('name', t('Name')), integerField('stock', t('Stock'))]),
    collectionDefinition('orders', t('Orders'), 'id', [
      manyToOneField('product', t('Product'), 'products', 'name'),
      integerField('quantity', t('Quantity')),
      selectField('status', t('Status'), { confirmed: t('Confirmed'), rejected: t('Rejected') }),
    ]),
  ],
  type: 'action',
  sync: false,
  config: { collection: 'orders', global: false, appends: ['product'] },
  nodes: chain([
    {
      key: 'product',
      type: 'query',
      title: t('Find the product'),
      config: { collection: 'products', multiple: false, failOnEmpty: true, params: { filter: PRODUCT } },
    },
    {
      key: 'enough',
      type: 'condition',
      title: t('Enough in stock?'),
      config: { rejectOnFalse: false, engine: 'basic', calculation: comparison(STOCK, 'gte', QUANTITY) },
      branches: {
        1: [
          {
            key: 'remaining',
            type: 'calculation',
            title: t('Remaining stock'),
            config: { engine: 'math.js', expression: `${STOCK} - ${QUANTITY}` },
          },
          {
            key: 'deduct',
            type: 'update',
            title: t('Deduct from stock'),
            config: {
              collection: 'products',
              params: { individualHooks: false, filter: PRODUCT, values: { stock: '{{$jobsMapByNodeKey.remaining}}' } },
            },
          },
          { key: 'confirm', type: 'update', title: t('Confirm the order'), config: updateTriggerRecord('orders', { status: 'confirmed' }) },
        ],
        0: [
          { key: 'reject', type: 'update', title: t('Reject the order'), config: updateTriggerRecord('orders', { status: 'rejected' }) },
          { key: 'failed', type: 'end', title: t('Not enough'), config: { endStatus: -1 } },
        ],
      },
    },
  ]),
});
