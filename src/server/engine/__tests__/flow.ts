import { compileGraph } from '../graph';
import type { Version } from '../ports';
import type { NodeSpec } from '../types';

/** A node of a test program. The type is the part of the key before the digits: `wait2` is a `wait`. */
export interface Item {
  key: string;
  type: string;
  config: Record<string, unknown>;
  branches: Record<number, Item[]>;
}

/** @example item('loop', { times: 3 }, { 0: [item('pure')] }) */
export function item(key: string, config: Record<string, unknown> = {}, branches: Record<number, Item[]> = {}): Item {
  return { key, type: key.replace(/\d+$/, ''), config, branches };
}

export interface TestVersion extends Version {
  configs: Map<string, Record<string, unknown>>;
}

/** Compiles a program: items stand one after the other, branches below their item. */
export function flow(items: Item[], options: Partial<Version> = {}): TestVersion {
  const nodes: NodeSpec[] = [];
  const configs = new Map<string, Record<string, unknown>>();
  const addChain = (chain: Item[], ownerId: string | null, branchIndex: number | null) => {
    let previous: NodeSpec | null = null;
    for (const { key, type, config, branches } of chain) {
      const node: NodeSpec = {
        id: String(nodes.length + 1),
        key,
        type,
        upstreamId: previous?.id ?? ownerId,
        downstreamId: null,
        branchIndex: previous ? null : branchIndex,
      };
      nodes.push(node);
      configs.set(key, config);
      if (previous) {
        previous.downstreamId = node.id;
      }
      for (const [index, branch] of Object.entries(branches)) {
        addChain(branch, node.id, Number(index));
      }
      previous = node;
    }
  };
  addChain(items, null, null);
  return {
    id: 'w1',
    key: 'w1',
    graph: compileGraph(nodes),
    timeoutMs: 0,
    deleteOnStatus: [],
    concurrency: 1,
    configs,
    ...options,
  };
}
