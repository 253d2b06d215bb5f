import { useMemo } from 'react';
import { usePort } from '../../port/HostPort';
import { fromMetaTree, fromOption, type MetaTreeNode, type VariableOption } from './convert';
import { useVariableTree } from './groups';
import type { VariableNode, VariableRequest } from './types';

/** What an input may be told about its variables: which of the flow's fit, or a tree of its own. */
export type VariableOptions = VariableRequest | readonly (MetaTreeNode | VariableOption)[];

const isTree = (options: VariableOptions | undefined): options is readonly (MetaTreeNode | VariableOption)[] => Array.isArray(options);

const isMeta = (node: MetaTreeNode | VariableOption): node is MetaTreeNode => Array.isArray(node.paths);

/** Hook. The variables of an input: its own tree if it brings one, otherwise those of the form around it. */
export function useInputTree(
  options?: VariableOptions,
  metaTree?: readonly MetaTreeNode[],
  withDateRanges?: boolean,
): { offered: readonly VariableNode[]; all: readonly VariableNode[] } {
  const { compile } = usePort();
  const own = metaTree ?? (isTree(options) ? options : undefined);
  const request = isTree(options) ? undefined : options;
  const offered = useVariableTree(request, withDateRanges);
  const all = useVariableTree(request?.appends === null ? { appends: null, depth: request.depth } : {}, withDateRanges);
  return useMemo(() => {
    if (!own) return { offered, all };
    const nodes = own.map((node) => (isMeta(node) ? fromMetaTree(node, compile) : fromOption(node, [], compile)));
    return { offered: nodes, all: nodes };
  }, [own, offered, all, compile]);
}
