import type { VariableNode } from './types';

/** Where an option that was made of a variable keeps it: options cannot say all that is known of a variable. */
const SOURCE = Symbol('variable');

/** One entry of a variable tree as extensions make it, in the shape of antd's Cascader. */
export interface VariableOption {
  [SOURCE]?: VariableNode;
  value?: string;
  key?: string;
  label?: unknown;
  children?: VariableOption[] | null;
  isLeaf?: boolean;
  disabled?: boolean;
  loadChildren?(option: VariableOption): void | Promise<void>;
  [key: string]: unknown;
}

/** One entry of a variable tree in the shape of the host's flow engine. */
export interface MetaTreeNode {
  name: string;
  title: string;
  type: string;
  interface?: string;
  paths: string[];
  parentTitles?: string[];
  disabled?: boolean;
  children?: MetaTreeNode[] | (() => Promise<MetaTreeNode[]>);
}

/** Tree of an extension, below `path`. `compile` translates its `{{t()}}` templates. */
export function fromOption(option: VariableOption, path: readonly string[], compile: (text: unknown) => string): VariableNode {
  const name = option.value ?? option.key ?? '';
  const own = [...path, name];
  const convert = (children: VariableOption[] | null | undefined) => children?.map((child) => fromOption(child, own, compile)) ?? [];
  const load = () => {
    const loading = option.loadChildren?.(option);
    return loading instanceof Promise ? loading.then(() => convert(option.children)) : convert(option.children);
  };
  const { type, field, has, disabled = option.disabled } = option[SOURCE] ?? {};
  return {
    name,
    type,
    field,
    has,
    label: typeof option.label === 'string' ? compile(option.label) : typeof option.title === 'string' ? compile(option.title) : name,
    path: own,
    disabled,
    ...(option.children ? { children: convert(option.children) } : option.loadChildren && !option.isLeaf ? { children: load } : {}),
  };
}

/** Tree of the flow engine; its paths may start anywhere. */
export function fromMetaTree(node: MetaTreeNode, compile: (text: unknown) => string): VariableNode {
  const { children } = node;
  const convert = (list: MetaTreeNode[]) => list.map((child) => fromMetaTree(child, compile));
  return {
    name: node.name,
    label: compile(node.title),
    path: node.paths,
    type: ['string', 'number', 'boolean', 'date', 'object', 'array'].includes(node.type) ? (node.type as VariableNode['type']) : undefined,
    disabled: node.disabled,
    ...(children && { children: typeof children === 'function' ? async () => convert(await children()) : convert(children) }),
  };
}

interface FieldNames {
  label: string;
  value: string;
  children: string;
}

export const defaultFieldNames: FieldNames = { label: 'label', value: 'value', children: 'children' };

/** A group is opened, not chosen; one that holds nothing is neither. */
const cannotBeOpened = ({ disabled, children }: VariableNode) =>
  disabled && (!children || (typeof children !== 'function' && children.length === 0));

/** Tree for extensions that expect Cascader options; children are put into an option by its `loadChildren`. */
export function toOption(node: VariableNode, fieldNames?: Partial<FieldNames>): VariableOption {
  const names = { ...defaultFieldNames, ...fieldNames };
  const { children } = node;
  const convert = (list: readonly VariableNode[]) => list.map((child) => toOption(child, fieldNames));
  const option: VariableOption = {
    [names.label]: node.label,
    [names.value]: node.name,
    [SOURCE]: node,
    key: node.name,
    field: node.field,
    disabled: cannotBeOpened(node),
    isLeaf: !children,
  };
  if (typeof children !== 'function') {
    if (children) option[names.children] = convert(children);
    return option;
  }
  const put = (target: VariableOption, loaded: readonly VariableNode[]) => {
    if (loaded.length) target[names.children] = convert(loaded);
    // One that fits itself may still be chosen.
    else Object.assign(target, { isLeaf: true, disabled: Boolean(node.disabled) });
  };
  option.loadChildren = (target) => {
    const loading = children();
    if (loading instanceof Promise) return loading.then((loaded) => put(target, loaded));
    put(target, loading);
  };
  return option;
}

/** Tree for editors of the flow engine. */
export function toMetaTree(node: VariableNode, parentTitles: string[] = []): MetaTreeNode {
  const { children } = node;
  const titles = [...parentTitles, node.label];
  const convert = (list: readonly VariableNode[]) => list.map((child) => toMetaTree(child, titles));
  return {
    name: node.name,
    title: node.label,
    type: node.type ?? 'object',
    interface: node.field?.interface,
    paths: [...node.path],
    parentTitles,
    disabled: cannotBeOpened(node),
    ...(children && { children: typeof children === 'function' ? async () => convert(await children()) : convert(children) }),
  };
}
