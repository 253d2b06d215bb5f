import { TreeSelect } from 'antd';
import { useState } from 'react';
import { usePort } from '../port/HostPort';
import { contextOptions, resolveContext } from './target';

interface TreeItem {
  value: string;
  title: string;
  isLeaf: boolean;
  children?: TreeItem[];
}

/** antd's tree takes '' for "nothing chosen". */
const WHOLE = '.';

/**
 * Chooses what the workflow gets: the record of the form, or the record at the end of to-one associations.
 * Associations of associations are listed when their parent is opened.
 */
export function ContextSelect({
  collection,
  value,
  onChange,
  label,
  disabled,
  status,
}: {
  collection: string;
  value: string;
  onChange(context: string): void;
  label: string;
  disabled?: boolean;
  status?: 'warning';
}) {
  const { collections, t } = usePort();
  const [opened, setOpened] = useState<readonly string[]>([]);

  const itemsOf = (of: string, path: string): TreeItem[] =>
    contextOptions(collections, of, path).map((option) => {
      const isLeaf = contextOptions(collections, option.target).length === 0;
      const isOpened = opened.includes(option.path);
      return {
        value: option.path,
        title: option.title,
        isLeaf,
        ...(isOpened && { children: itemsOf(option.target, option.path) }),
      };
    });

  const titles = resolveContext(collections, collection, value)?.titles.join(' / ') ?? value;
  return (
    <TreeSelect
      aria-label={label}
      labelInValue
      value={{ value: value || WHOLE, label: value ? titles : t('Full form data') }}
      disabled={disabled}
      status={status}
      treeData={[{ value: WHOLE, title: t('Full form data'), isLeaf: true }, ...itemsOf(collection, '')]}
      loadData={async ({ value: path }) => setOpened((paths) => [...paths, String(path)])}
      popupMatchSelectWidth={false}
      onChange={({ value: path }) => onChange(path === WHOLE ? '' : path)}
      style={{ width: '100%' }}
    />
  );
}
