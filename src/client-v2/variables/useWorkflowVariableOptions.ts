import { useMemo } from 'react';
import { toMetaTree, toOption, type MetaTreeNode } from '../../client/forms/variables/convert';
import { useVariableTree } from '../../client/forms/variables/groups';
import type { VariableRequest } from '../../client/forms/variables/types';
import type { UseVariableOptions, VariableOption } from '../registry/types';

const asRequest = ({ types, appends, depth, includeScopes }: UseVariableOptions): VariableRequest => ({
  types: types as VariableRequest['types'],
  appends,
  depth,
  includeScopes,
});

const NO_OPTIONS: UseVariableOptions = {};

/**
 * Hook. Variables that the node at hand can use, as editors of the flow engine take them. The same list as long as
 * workflow, node and request stay the same.
 */
export function useWorkflowVariableOptions(options: UseVariableOptions = NO_OPTIONS): MetaTreeNode[] {
  const tree = useVariableTree(asRequest(options));
  return useMemo(() => tree.map((node) => toMetaTree(node)), [tree]);
}

/**
 * Hook. The same variables as options of a Cascader, for extensions of the v1 client.
 * @param preset further options, which come first
 */
export function useVariableCascaderOptions(
  options: UseVariableOptions = NO_OPTIONS,
  preset: VariableOption[] = [],
): VariableOption[] {
  const { label, value, children } = options.fieldNames ?? {};
  const tree = useVariableTree(asRequest(options));
  const own = useMemo(
    () => tree.map((node): VariableOption => toOption(node, { ...(label && { label }), ...(value && { value }), ...(children && { children }) })),
    [tree, label, value, children],
  );
  return preset.length ? [...preset, ...own] : own;
}
