import { expect, it } from 'vitest';
import { flowValueAt } from '../flowValue';

const job = (id: string, nodeKey: string, result: unknown) => ({ id, nodeKey, nodeId: `node-${nodeKey}`, status: 1, result, createdAt: '', updatedAt: '' });
const values = {
  execution: {
    context: { data: { title: 'Train', owner: { name: 'Emma' } } },
    jobs: [job('9007199254740995', 'query', { id: 2 }), job('9007199254740993', 'query', { id: 1 }), { ...job('7', '', 5), nodeKey: '', nodeId: 3 }],
  },
  nodes: [{ id: 3, key: 'sum', type: 'calculation', config: {}, upstreamId: null, downstreamId: null, branchIndex: null }],
};

it.each([
  ['$context.data.title', 'Train'],
  ['{{$context.data.owner.name}}', 'Emma'],
  ['{{ $jobsMapByNodeKey.sum }}', 5],
  ['$jobsMapByNodeKey.query.id', 2],
  ['$jobsMapByNodeKey.unknown.id', undefined],
  ['$context.data.title.length.more', undefined],
  ['$system.now', undefined],
  ['', undefined],
])('%s is %s', (path, value) => expect(flowValueAt(values, path)).toEqual(value));

it('is nothing where no execution is', () => expect(flowValueAt(undefined, '$context.data')).toBeUndefined());
