import { parseCollectionName } from '../collections/names';
import { tExpr } from '../host/translation';
import type { ClientNode } from './types';

/** Name under which the v1 client finds the component; this folder is shared by both clients. */
const DETAILS_INITIALIZER = 'CollectionBlockInitializer';
const VALUE_INITIALIZER = 'ValueBlock.Initializer';

const titleOf = ({ id, title }: ClientNode): string => title || `#${id}`;
const resultOf = ({ key }: ClientNode): string => `$jobsMapByNodeKey.${key}`;

/** A block with details of a record, for the menus of the modern page builder. */
function detailsItem(key: string, label: string, collection: string, dataPath: string) {
  const [dataSourceKey, collectionName] = parseCollectionName(collection);
  return {
    key,
    label,
    useModel: 'NodeDetailsModel',
    createModelOptions: {
      use: 'NodeDetailsModel',
      stepParams: {
        resourceSettings: { init: { dataSourceKey, collectionName, dataPath } },
        cardSettings: { titleDescription: { title: label } },
      },
      subModels: { grid: { use: 'NodeDetailsGridModel' } },
    },
  };
}

/** Blocks that show what triggered an execution; null without a collection. */
export const triggerDataBlock = {
  /** of v1 pages */
  initializer(collection: string | undefined) {
    if (!collection) return null;
    const title = tExpr('Trigger data');
    return { name: 'triggerData', type: 'item', key: 'triggerData', title, Component: DETAILS_INITIALIZER, collection, dataPath: '$context.data' };
  },
  /** of modern pages */
  menuItem: (collection: string | undefined) =>
    collection ? detailsItem('triggerData', tExpr('Trigger data'), collection, '$context.data') : null,
};

/** Blocks that show what a node read or wrote: details of a record, or several records as they are; null without a collection. */
export const recordResultBlock = {
  initializer(node: ClientNode) {
    const { collection, multiple } = node.config ?? {};
    if (!collection) return null;
    const item = { name: `#${node.id}`, type: 'item', title: titleOf(node) };
    return multiple
      ? { ...item, Component: VALUE_INITIALIZER, node, resultTitle: tExpr('Node result') }
      : { ...item, Component: DETAILS_INITIALIZER, collection, dataPath: resultOf(node) };
  },
  menuItem(node: ClientNode) {
    const { collection, multiple } = node.config ?? {};
    if (!collection) return null;
    const [key, label] = [`#${node.id}`, titleOf(node)];
    if (!multiple) return detailsItem(key, label, collection, resultOf(node));
    const stepParams = {
      valueSettings: { init: { dataSource: `{{${resultOf(node)}}}` } },
      cardSettings: { titleDescription: { title: label } },
    };
    return { key, label, useModel: 'NodeValueModel', createModelOptions: { use: 'NodeValueModel', stepParams } };
  },
};
