import { fromMetaTree, fromOption, type MetaTreeNode, type VariableOption } from '../../client/forms/variables/convert';
import type { VariableNode, VariableRequest } from '../../client/forms/variables/types';
import { defaultFieldNames } from '../variables/typeSets';
import type { UseVariableOptions } from '../registry/types';

type Compile = (text: unknown) => string;

/** A request for variables as hooks of extensions take it. They spread it over their own: what is not asked for is not there. */
export const asUseOptions = ({ types, appends, depth, includeScopes }: VariableRequest): UseVariableOptions => ({
  ...(types && { types: types as UseVariableOptions['types'] }),
  ...(appends !== undefined && { appends: appends as UseVariableOptions['appends'] }),
  ...(depth !== undefined && { depth }),
  ...(includeScopes !== undefined && { includeScopes }),
  fieldNames: { ...defaultFieldNames },
});

/** Puts a tree whose paths begin anywhere below `root`. */
function below(root: readonly string[], node: VariableNode): VariableNode {
  const isThere = root.every((name, at) => node.path[at] === name);
  const { children } = node;
  const move = (list: readonly VariableNode[]) => list.map((child) => below(root, child));
  const moved = async (list: readonly VariableNode[] | Promise<readonly VariableNode[]>) => move(await list);
  return {
    ...node,
    path: isThere ? node.path : [...root, ...node.path],
    ...(children && { children: typeof children === 'function' ? () => moved(children()) : move(children) }),
  };
}

/** One variable of an extension, in either of the shapes that extensions use. */
export function variableOf(variable: unknown, root: readonly string[], compile: Compile): VariableNode {
  const isTree = Array.isArray((variable as MetaTreeNode).paths);
  return isTree
    ? below(root, fromMetaTree(variable as MetaTreeNode, compile))
    : fromOption(variable as VariableOption, root, compile);
}
