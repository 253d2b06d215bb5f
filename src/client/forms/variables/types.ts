import type { CollectionField } from '../../port/HostPort';

/** Kind of a variable's values, as far as it is known. */
export type ValueType = 'string' | 'number' | 'boolean' | 'date' | 'object' | 'array';

export interface PredicateTools {
  collectionManager: { getCollectionAllFields(collection: string): readonly CollectionField[] };
}

/**
 * Which variables fit: values of a kind, records of or keys to a collection, `*` = any (`entity`: whole records only), or fields
 * that a predicate accepts.
 */
export type VariableFilter =
  | 'string'
  | 'number'
  | 'boolean'
  | 'date'
  | { type: 'reference'; options: { collection: string; multiple?: boolean; entity?: boolean } }
  | ((field: CollectionField & { collectionName?: string; isForeignKey?: boolean }, tools: PredicateTools) => boolean);

export interface VariableRequest {
  /** what fits; nothing = everything */
  types?: readonly VariableFilter[];
  /** further associations to offer, beside those that are loaded; null = any, down to `depth` levels */
  appends?: readonly string[] | null;
  depth?: number;
  /** whether variables of the branches around the node are offered; true unless said otherwise */
  includeScopes?: boolean;
}

/** One variable or a group of them. */
export interface VariableNode {
  /** last segment of its path */
  name: string;
  /** translated */
  label: string;
  /** from the root: `['$context', 'data', 'amount']` */
  path: readonly string[];
  type?: ValueType;
  /** the variable itself does not fit or is a mere group; its children may be chosen */
  disabled?: boolean;
  /** explains the variable */
  tooltip?: string;
  /** a function is called when the node is opened for the first time */
  children?: readonly VariableNode[] | (() => readonly VariableNode[] | Promise<readonly VariableNode[]>);
  /** whether the data have such a member although it is not offered */
  has?(name: string): boolean;
  field?: CollectionField;
}
