import { describe, expect, it } from 'vitest';
import { registryWith } from '../../../canvas/__tests__/kinds';
import { buildDocument } from '../../../document/build';
import { indexOf } from '../../../document/FlowIndex';
import { configure, lostNodes } from '../drawer/configure';

const condition = (uid: string) => ({ uid, engine: 'basic' });
const registry = registryWith();
const { document } = buildDocument({
  id: 1,
  key: 'w',
  type: 'action',
  nodes: [
    { id: 1, key: 'm', type: 'multi-conditions', config: { conditions: [condition('a'), condition('b')] } },
    { id: 2, key: 'in-a', type: 'calculation', config: {}, upstreamId: 1, branchIndex: 1 },
    { id: 3, key: 'in-b', type: 'calculation', config: {}, upstreamId: 1, branchIndex: 2 },
  ],
});
const heads = (nodes: typeof document) => indexOf(nodes).branches('m').map(({ branch, head }) => [branch, head.key]);

describe('a new config', () => {
  it('takes the branches of a node along when their conditions change places', () => {
    const config = { conditions: [condition('b'), condition('a')] };
    expect(lostNodes(document, document.nodes.get('m')!, config, registry)).toBe(0);
    expect(heads(configure(document, 'm', config, registry))).toEqual([
      [1, 'in-b'],
      [2, 'in-a'],
    ]);
  });

  it('removes the nodes of a branch whose condition is gone, and says before how many', () => {
    const config = { conditions: [condition('b')] };
    expect(lostNodes(document, document.nodes.get('m')!, config, registry)).toBe(1);
    const after = configure(document, 'm', config, registry);
    expect(heads(after)).toEqual([[1, 'in-b']]);
    expect(after.nodes.has('in-a')).toBe(false);
    expect(after.nodes.get('m')?.config).toBe(config);
  });
});
