import { describe, expect, it } from 'vitest';
import { builtInInstructions, builtInTriggers } from '../builtIn';
import type { ClientNode } from '../types';

const trigger = (type: string) => builtInTriggers.find((item) => item.type === type)!;
const instruction = (type: string) => builtInInstructions.find((item) => item.type === type)!;
const node = (type: string, config: object) =>
  ({ id: '7', key: 'k', type, title: 'Find', config, upstreamId: null, downstreamId: null, branchIndex: null }) as ClientNode;
const menuItem = (type: string, config: object) => instruction(type).getCreateModelMenuItem?.({ node: node(type, config), workflow: {} as never });

describe('blocks for pages of to-dos', () => {
  it.each(['collection', 'action'])('show the record that triggered, of the collection of trigger type %s', (type) => {
    const config = { collection: 'other:orders' };
    expect(trigger(type).useInitializers!(config)).toMatchObject({ collection: 'other:orders', dataPath: '$context.data' });
    expect(trigger(type).getCreateModelMenuItem!({ config })).toMatchObject({
      key: 'triggerData',
      useModel: 'NodeDetailsModel',
      createModelOptions: {
        stepParams: { resourceSettings: { init: { dataSourceKey: 'other', collectionName: 'orders', dataPath: '$context.data' } } },
      },
    });
    expect([trigger(type).useInitializers!({}), trigger(type).getCreateModelMenuItem!({ config: {} })]).toEqual([null, null]);
  });

  it('show the record of a node, several as they are', () => {
    const one = { collection: 'orders' };
    const init = { dataSourceKey: 'main', collectionName: 'orders', dataPath: '$jobsMapByNodeKey.k' };
    expect(menuItem('create', one)).toMatchObject({ key: '#7', label: 'Find', createModelOptions: { stepParams: { resourceSettings: { init } } } });
    expect(instruction('query').useInitializers!(node('query', one))).toMatchObject({ collection: 'orders', dataPath: '$jobsMapByNodeKey.k' });
    expect(menuItem('query', { ...one, multiple: true })).toMatchObject({
      useModel: 'NodeValueModel',
      createModelOptions: { stepParams: { valueSettings: { init: { dataSource: '{{$jobsMapByNodeKey.k}}' } } } },
    });
    expect(menuItem('query', {})).toBeNull();
    expect(menuItem('calculation', one)).toBeUndefined();
  });
});
