import { uid } from '@formily/shared';
import { SchemaInitializerItem, useCompile, useSchemaInitializer, useSchemaInitializerItem } from '@nocobase/client';

/** Schema of a block with the details of a record; what stored pages contain, so its names are fixed. */
export const detailsBlockSchema = (collection: string, dataPath: string, title?: string) => ({
  type: 'void',
  name: uid(),
  title,
  'x-decorator': 'DetailsBlockProvider',
  'x-decorator-props': { collection, dataPath },
  'x-component': 'CardItem',
  'x-component-props': { title },
  'x-toolbar': 'BlockSchemaToolbar',
  'x-settings': 'blockSettings:singleDataDetails',
  properties: {
    [uid()]: {
      type: 'void',
      'x-component': 'FormV2',
      'x-use-component-props': 'useDetailsBlockProps',
      'x-read-pretty': true,
      properties: {
        grid: { type: 'void', 'x-component': 'Grid', 'x-initializer': 'details:configureFields', properties: {} },
      },
    },
  },
});

/** Menu item that inserts such a block. Its options name `collection` and `dataPath`. */
export function CollectionBlockInitializer() {
  const { insert } = useSchemaInitializer();
  const { collection, dataPath, ...item } = useSchemaInitializerItem();
  const compile = useCompile();
  return (
    <SchemaInitializerItem {...item} onClick={() => insert(detailsBlockSchema(collection, dataPath, compile(item.title)))} />
  );
}

/** Menu item that inserts the result of a node as it is, e.g. a sum. Its options name `node` and `resultTitle`. */
export function ValueBlockInitializer() {
  const { insert } = useSchemaInitializer();
  const { node, resultTitle, ...item } = useSchemaInitializerItem();
  return (
    <SchemaInitializerItem
      {...item}
      onClick={() =>
        insert({
          type: 'void',
          name: uid(),
          title: resultTitle,
          'x-component': 'CardItem',
          'x-component-props': { title: node.title ?? `#${node.id}` },
          'x-designer': 'ValueBlock.Designer',
          properties: {
            result: {
              type: 'void',
              title: resultTitle,
              'x-component': 'ValueBlock.Result',
              'x-component-props': { dataSource: `{{$jobsMapByNodeKey.${node.key}}}`, defaultValue: resultTitle },
            },
          },
        })
      }
    />
  );
}
