import { TreeSelect } from 'antd';
import { useMemo, useState } from 'react';
import { usePort, type CollectionCatalog } from '../../port/HostPort';
import { useFormScope } from '../context';
import { associationsOf, fieldAt } from '../shared/collections';
import { targetOf } from '../variables/collectionVariables';
import { isToMany } from '../variables/fieldTypes';

interface TreeItem {
  id: string;
  pId: string | null;
  value: string;
  title: string;
  /** with the way to it, for the chosen ones */
  label: string;
  isLeaf: boolean;
}

/** Associations of a collection, as items below `path`. */
function itemsOf(catalog: CollectionCatalog, collection: string, path: string | null, trail: string[] = []): TreeItem[] {
  return associationsOf(catalog.find(collection)).map((field) => {
    const value = path === null ? field.name : `${path}.${field.name}`;
    const isLeaf = !associationsOf(catalog.find(targetOf(collection, field))).length;
    return { id: value, pId: path, value, title: isToMany(field) ? `${field.title} …` : field.title, label: [...trail, field.title].join(' / '), isLeaf };
  });
}

/** Items below a path; [] when it leads nowhere. */
function itemsBelow(catalog: CollectionCatalog, root: string, path: string): TreeItem[] {
  const names = path.split('.');
  const found = fieldAt(catalog, root, names);
  const trail = names.map((name, at) => fieldAt(catalog, root, names.slice(0, at + 1))?.field.title ?? name);
  return found?.field.target ? itemsOf(catalog, targetOf(found.collection, found.field), path, trail) : [];
}

const parentsOf = (path: string): string[] => {
  const names = path.split('.');
  return names.slice(0, -1).map((_, at) => names.slice(0, at + 1).join('.'));
};

export interface AppendsSelectProps {
  collection?: string;
  /** paths of associations: `['author', 'author.company']` */
  value?: string[] | null;
  onChange?(value: string[]): void;
  disabled?: boolean;
  id?: string;
  placeholder?: string;
  'aria-label'?: string;
}

/** Chooses associations to load, level by level. What lies on the way to a chosen one is chosen as well. */
export function AppendsSelect({ collection, value, onChange, disabled, placeholder, ...props }: AppendsSelectProps) {
  const { collections, t } = usePort();
  const readOnly = useFormScope()?.readOnly;
  const [expanded, setExpanded] = useState<readonly string[]>([]);
  const chosen = useMemo(() => value ?? [], [value]);
  const items = useMemo(() => {
    if (!collection) return [];
    const opened = [...new Set([...expanded, ...chosen.flatMap(parentsOf)])];
    const shown = [...itemsOf(collections, collection, null), ...opened.flatMap((path) => itemsBelow(collections, collection, path))];
    // One level more than is open, so that there is something to open; associations may go in circles.
    const next = shown.flatMap(({ id }) => itemsBelow(collections, collection, id));
    return [...new Map([...shown, ...next].map((item) => [item.id, item])).values()];
  }, [collections, collection, expanded, chosen]);

  const change = (next: string[]) => {
    const removed = chosen.filter((path) => !next.includes(path));
    const kept = next.filter((path) => !removed.some((parent) => path.startsWith(`${parent}.`)));
    onChange?.([...new Set(kept.flatMap((path) => [...parentsOf(path), path]))]);
  };

  const labelOf = (path: string) => {
    const names = path.split('.');
    const labels = names.map((name, at) => fieldAt(collections, collection ?? '', names.slice(0, at + 1))?.field.title ?? name);
    return labels.join(' / ');
  };

  return (
    <TreeSelect
      {...props}
      multiple
      treeCheckable
      treeCheckStrictly
      treeDataSimpleMode
      allowClear
      showSearch
      treeNodeFilterProp="title"
      treeNodeLabelProp="label"
      style={{ width: '100%' }}
      placeholder={placeholder ?? t('Select associations')}
      disabled={(disabled ?? readOnly) || !collection}
      treeData={items}
      treeExpandedKeys={[...expanded]}
      onTreeExpand={(keys) => setExpanded(keys.map(String))}
      value={chosen.map((path) => ({ value: path, label: labelOf(path) }))}
      onChange={(next) => change((next as { value: string }[]).map((item) => item.value))}
      notFoundContent={t('The collection has no associations')}
    />
  );
}
