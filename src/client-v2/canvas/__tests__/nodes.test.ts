import { describe, expect, it } from 'vitest';
import type { ClientNode } from '../../registry/types';
import { Instruction } from '../../registry/Instruction';
import { getInstructionAvailable, linkNodes, traverseSchema, useAvailableUpstreams, useUpstreamScopes } from '../nodes';

const node = (id: number, upstreamId: number | null, downstreamId: number | null, branchIndex: number | null = null) =>
  ({ id, key: `n${id}`, type: 'echo', config: {}, upstreamId, downstreamId, branchIndex }) as ClientNode;

/** 1 → 2 (branch 1: 3 → 4) → 5 */
function linkedNodes() {
  const nodes = [node(1, null, 2), node(2, 1, 5), node(3, 2, 4, 1), node(4, 3, null), node(5, 2, null)];
  linkNodes(nodes);
  return new Map(nodes.map((item) => [item.id, item]));
}

const keys = (nodes: ClientNode[]) => nodes.map(({ key }) => key);

describe('chains of nodes', () => {
  it('know their neighbours', () => {
    const nodes = linkedNodes();
    expect(nodes.get(2)!.upstream).toBe(nodes.get(1));
    expect(nodes.get(2)!.downstream).toBe(nodes.get(5));
    expect(nodes.get(4)!.downstream).toBeNull();
  });

  it('offer the nodes before one, the nearest first', () => {
    const nodes = linkedNodes();
    expect(keys(useAvailableUpstreams(nodes.get(4)!))).toEqual(['n3', 'n2', 'n1']);
    expect(keys(useAvailableUpstreams(nodes.get(5)!))).toEqual(['n2', 'n1']);
    expect(keys(useAvailableUpstreams(nodes.get(4)!, ({ id }) => id !== 2))).toEqual(['n3', 'n1']);
  });

  it('know in whose branches a node stands', () => {
    const nodes = linkedNodes();
    expect(keys(useUpstreamScopes(nodes.get(4)!))).toEqual(['n2']);
    expect(keys(useUpstreamScopes(nodes.get(5)!))).toEqual([]);
  });
});

describe('getInstructionAvailable', () => {
  class Waiting extends Instruction {
    override async = true;
  }
  const place = (sync: boolean, syncOnly = false) => ({
    engine: { isWorkflowSync: () => sync },
    workflow: { id: 1, key: 'a', title: 'A', type: 'action', enabled: true, sync },
    upstream: null,
    branchIndex: null,
    syncOnly,
  });

  it('refuses what waits in synchronous workflows and branches', () => {
    expect(getInstructionAvailable(new Waiting(), place(false))).toBeNull();
    expect(getInstructionAvailable(new Waiting(), place(true))).toMatch(/can not be used/);
    expect(getInstructionAvailable(new Waiting(), place(false, true))).toMatch(/does not support asynchronous/);
  });

  it('asks the node type', () => {
    class Picky extends Instruction {
      override isAvailable = () => false;
    }
    expect(getInstructionAvailable(new Picky(), place(false))).toMatch(/can not be used/);
  });
});

it('traverseSchema visits parents before children', () => {
  const visited: unknown[] = [];
  traverseSchema({ name: 'a', properties: { b: { name: 'b', properties: { c: { name: 'c' } } } } }, ({ name }) =>
    visited.push(name),
  );
  expect(visited).toEqual(['a', 'b', 'c']);
});
