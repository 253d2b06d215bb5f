import { expect, it } from 'vitest';
import type { FlowDocument, FlowNode } from '../../../client/document/types';
import { contractView } from '../contractView';

const node = (key: string, links: Partial<FlowNode>): FlowNode => ({ key, type: 'echo', title: key, config: {}, upstream: null, branch: null, downstream: null, ...links });

const nodes = [
  node('a', { id: '1', downstream: 'b' }),
  node('b', { id: '2', upstream: 'a' }),
  node('c', { upstream: 'b', branch: 0 }),
];
const document: FlowDocument = {
  workflow: { id: '9', key: 'w', title: 'W', sync: false, enabled: true, current: true, executed: 3 },
  trigger: { type: 'action', title: '', config: { collection: 'orders' } },
  nodes: new Map(nodes.map((item) => [item.key, item])),
  notes: [],
};

it('links the rows that extensions read; a node that was never saved goes by its key', () => {
  const { byKey, workflow } = contractView(document);
  expect(byKey.get('b')).toMatchObject({ id: '2', upstreamId: '1', downstreamId: null, branchIndex: null });
  expect(byKey.get('c')).toMatchObject({ id: 'c', upstreamId: '2', branchIndex: 0 });
  expect(byKey.get('c')!.upstream!.upstream).toBe(byKey.get('a'));
  expect(workflow).toMatchObject({ id: '9', type: 'action', config: { collection: 'orders' }, versionStats: { executed: 3 } });
});

it('is the same for the same document', () => expect(contractView(document)).toBe(contractView(document)));
