import { useCallback, useEffect, useMemo, useState } from 'react';
import type { VariableNode } from '../variables/types';

/** A line of the picker. */
export interface TreeRow {
  id: string;
  node: VariableNode;
  level: number;
  /** undefined: nothing below it */
  expanded?: boolean;
  loading?: boolean;
  /** labels above it; only in search results, which are no tree */
  trail?: readonly string[];
}

const idOf = (node: VariableNode) => node.path.join('.');

/** Groups that are open from the start: what people look for most. */
const OPEN_AT_START = ['$scopes', '$jobsMapByNodeKey', '$context'];

/** Trees of associations may be endless: the search looks at so many variables, this deep. */
const SEARCH_BUDGET = 3000;
const SEARCH_DEPTH = 5;
const MOST_RESULTS = 100;

type Children = readonly VariableNode[];

interface Pending {
  node: VariableNode;
  children: Promise<Children>;
}

const NONE_PENDING: readonly Pending[] = [];

/** The picker's tree: which branches are open, children that were loaded, and search. */
export function useTreeRows(tree: Children, query: string) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(OPEN_AT_START));
  const [loaded, setLoaded] = useState<ReadonlyMap<string, Children | 'loading'>>(() => new Map());

  const childrenOf = useCallback(
    (node: VariableNode): Children | 'loading' | undefined =>
      typeof node.children === 'function' ? loaded.get(idOf(node)) : node.children,
    [loaded],
  );

  const take = useCallback((node: VariableNode, children: Children | Promise<Children>) => {
    const put = (list: Children | 'loading') => setLoaded((known) => new Map(known).set(idOf(node), list));
    if (!(children instanceof Promise)) return put(children);
    put('loading');
    children.then(put, () => put([]));
  }, []);

  const load = useCallback(
    (node: VariableNode) => {
      if (typeof node.children === 'function') take(node, node.children());
    },
    [take],
  );

  const toggle = useCallback(
    (node: VariableNode, isOpen: boolean) => {
      if (isOpen && childrenOf(node) === undefined) load(node);
      setOpen((ids) => {
        const next = new Set(ids);
        if (isOpen) next.add(idOf(node));
        else next.delete(idOf(node));
        return next;
      });
    },
    [childrenOf, load],
  );

  const { rows, pending } = useMemo(() => {
    const needle = query.trim().toLowerCase();
    return needle ? searchRows(tree, needle, childrenOf) : { rows: openRows(tree, open, childrenOf), pending: NONE_PENDING };
  }, [tree, query, open, childrenOf]);

  // Trees of extensions may come later; the search goes on in them when they are there.
  useEffect(() => {
    for (const { node, children } of pending) take(node, children);
  }, [pending, take]);

  return { rows, toggle };
}

function openRows(tree: Children, open: ReadonlySet<string>, childrenOf: (node: VariableNode) => Children | 'loading' | undefined): TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (nodes: Children, level: number) => {
    for (const node of nodes) {
      const id = idOf(node);
      const children = childrenOf(node);
      const isParent = typeof node.children === 'function' ? children === undefined || children.length > 0 : Boolean(node.children?.length);
      const expanded = isParent ? open.has(id) : undefined;
      rows.push({ id, node, level, expanded, loading: children === 'loading' });
      if (expanded && Array.isArray(children)) visit(children, level + 1);
    }
  };
  visit(tree, 1);
  return rows;
}

function searchRows(
  tree: Children,
  needle: string,
  childrenOf: (node: VariableNode) => Children | 'loading' | undefined,
): { rows: TreeRow[]; pending: readonly Pending[] } {
  const rows: TreeRow[] = [];
  const pending: Pending[] = [];
  // What is called so comes before what merely contains the words.
  const rank = ({ node }: TreeRow) => (node.label.toLowerCase().startsWith(needle) ? 0 : node.label.toLowerCase().includes(needle) ? 1 : 2);
  const sorted = () => ({ rows: rows.sort((a, b) => rank(a) - rank(b)), pending });
  let budget = SEARCH_BUDGET;
  // Level by level, so that the nearest matches come first and the budget is not spent on one deep association.
  let level = tree.map((node) => ({ node, trail: [] as string[] }));
  for (let depth = 0; depth <= SEARCH_DEPTH && level.length; depth++) {
    const next: typeof level = [];
    for (const { node, trail } of level) {
      if (budget-- <= 0 || rows.length >= MOST_RESULTS) return sorted();
      const text = `${node.label} ${node.path.slice(1).join('.')}`.toLowerCase();
      if (!node.disabled && text.includes(needle)) rows.push({ id: idOf(node), node, level: 1, trail });
      const known = childrenOf(node) ?? (typeof node.children === 'function' ? node.children() : undefined);
      if (known instanceof Promise) pending.push({ node, children: known });
      if (!Array.isArray(known)) continue;
      for (const child of known as Children) next.push({ node: child, trail: [...trail, node.label] });
    }
    level = next;
  }
  return sorted();
}
