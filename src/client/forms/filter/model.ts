/** One condition: a field by its path through associations, an operator such as `$eq`, and what to compare with. */
export interface FilterCondition {
  kind: 'condition';
  path: readonly string[];
  operator?: string;
  value?: unknown;
}

export interface FilterGroup {
  kind: 'group';
  join: '$and' | '$or';
  items: readonly FilterItem[];
}

/** A part that the editor cannot show as rows; kept as it is. */
export interface RawFilter {
  kind: 'raw';
  filter: unknown;
}

export type FilterItem = FilterCondition | FilterGroup | RawFilter;

/** A filter as it is stored: `{ $and: [{ amount: { $gt: 500 } }] }`. */
export type StoredFilter = Record<string, unknown>;

const isObject = (value: unknown): value is StoredFilter => typeof value === 'object' && value !== null && !Array.isArray(value);

const isJoin = (key: string): key is '$and' | '$or' => key === '$and' || key === '$or';

/** The conditions below a field: operators, or further fields of an association. */
function conditionsOf(path: readonly string[], value: unknown): FilterItem[] {
  if (!isObject(value)) return [{ kind: 'condition', path, operator: '$eq', value }];
  const entries = Object.entries(value);
  // An object without an operator is a condition that has lost its value.
  if (!entries.length) return [{ kind: 'condition', path }];
  return entries.flatMap(([key, inner]): FilterItem[] => {
    if (key.startsWith('$')) return [{ kind: 'condition', path, operator: key, value: inner }];
    return conditionsOf([...path, ...key.split('.')], inner);
  });
}

function itemsOf(filter: unknown): FilterItem[] {
  if (!isObject(filter)) return filter === undefined || filter === null ? [] : [{ kind: 'raw', filter }];
  return Object.entries(filter).flatMap(([key, value]): FilterItem[] => {
    if (isJoin(key) && Array.isArray(value)) return [{ kind: 'group', join: key, items: value.flatMap(itemsOf) }];
    if (key.startsWith('$')) return [{ kind: 'raw', filter: { [key]: value } }];
    return conditionsOf(key.split('.'), value);
  });
}

/** Reads a stored filter of any of the shapes that are in use. The outermost part is always a group. */
export function readFilter(filter: unknown): FilterGroup {
  const items = itemsOf(filter);
  const [only] = items;
  if (items.length === 1 && only?.kind === 'group') return only;
  return { kind: 'group', join: '$and', items };
}

function writeItem(item: FilterItem): unknown {
  switch (item.kind) {
    case 'raw':
      return item.filter;
    case 'group':
      return writeFilter(item);
    case 'condition': {
      const compared = item.operator ? { [item.operator]: item.value } : {};
      return item.path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), compared);
    }
  }
}

/** Conditions without a field are left out; those without a value stay, so that they can be refused by name. */
export function writeFilter(group: FilterGroup): StoredFilter {
  const items = group.items.filter((item) => item.kind !== 'condition' || item.path.length > 0);
  return { [group.join]: items.map(writeItem) };
}

/** Paths of conditions that nothing is compared with. */
export function incompleteConditions(filter: unknown): string[] {
  const missing = (item: FilterItem): string[] => {
    if (item.kind === 'group') return item.items.flatMap(missing);
    if (item.kind === 'raw') return [];
    const isIncomplete = !item.operator || item.value === undefined || item.value === null || item.value === '';
    // Comparing with nothing is a way to ask for empty fields; only the operator says whether it is meant.
    const isMeant = item.value === null && (item.operator === '$eq' || item.operator === '$ne');
    return isIncomplete && !isMeant ? [item.path.join('.')] : [];
  };
  return missing(readFilter(filter));
}
