import type { VariableNode } from './types';
import type { Samples } from '../context';

/** What a variable in a text turns out to be. */
export interface ResolvedVariable {
  /** one for each part that people would recognise, from the group down */
  labels: readonly string[];
  node?: VariableNode;
  /** first part of the path that leads nowhere; absent when the variable exists, as far as that can be told */
  missing?: string;
}

const isIndex = (name: string) => /^\d+$/.test(name) || name === 'length';
/** Groups hold what they list and nothing else; other values of unknown shape may hold anything. */
const isOpen = ({ type, path }: VariableNode) => path.length > 1 && (!type || type === 'object' || type === 'array');

/** Children as far as they are there without waiting; null when they have to be loaded. */
export function presentChildren(node: VariableNode): readonly VariableNode[] | null | undefined {
  if (typeof node.children !== 'function') return node.children;
  const children = node.children();
  return children instanceof Promise ? null : children;
}

/**
 * Looks up a path in the whole tree of variables. What is below values of unknown shape (JSON, lists by index) is taken
 * as it is.
 */
export function resolveVariable(tree: readonly VariableNode[], path: readonly string[]): ResolvedVariable {
  const labels: string[] = [];
  let candidates: readonly VariableNode[] | null | undefined = tree;
  let node: VariableNode | undefined;
  for (const [at, name] of path.entries()) {
    const next: VariableNode | undefined = candidates?.find((candidate) => candidate.name === name);
    if (next) {
      labels.push(next.label);
      node = next;
      candidates = presentChildren(next);
      continue;
    }
    const rest = path.slice(at);
    const isTaken = node !== undefined && (candidates === null || isIndex(name) || node.has?.(name) || (!candidates?.length && isOpen(node)));
    return { labels: [...labels, ...rest], node: isTaken ? undefined : node, missing: isTaken ? undefined : name };
  }
  return { labels, node };
}

function step(value: unknown, name: string): unknown {
  if (Array.isArray(value) && !isIndex(name)) return value.flatMap((item) => step(item, name) ?? []);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** Value that a variable had in the last execution; undefined when none is known. */
export function sampleAt(samples: Samples | undefined, path: readonly string[]): unknown {
  const [root, ...rest] = path;
  const start = root === '$context' ? samples?.context : root === '$jobsMapByNodeKey' ? samples?.results : undefined;
  return rest.reduce(step, start);
}

/** @returns one short line */
export function sampleText(value: unknown): string | null {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
