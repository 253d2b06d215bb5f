import { Cascader } from 'antd';
import { useMemo, useState } from 'react';
import { usePort, type CollectionCatalog, type CollectionField } from '../../port/HostPort';
import { fieldAt, offeredFields } from '../shared/collections';
import { targetOf } from '../variables/collectionVariables';
import { isAssociation } from '../variables/fieldTypes';

interface Option {
  value: string;
  label: string;
  isLeaf: boolean;
  children?: Option[];
}

/** The fields of a collection with those associations opened that somebody has asked for. */
function optionsOf(catalog: CollectionCatalog, collection: string, opened: ReadonlySet<string>, depth: number, path = ''): Option[] {
  const fields: CollectionField[] = offeredFields(catalog.find(collection)).flatMap((field) => {
    const key = field.type === 'belongsTo' && field.foreignKey ? fieldAt(catalog, collection, [field.foreignKey])?.field : undefined;
    const isListed = key && offeredFields(catalog.find(collection)).some(({ name }) => name === key.name);
    return key && !isListed ? [{ ...key, title: key.interface && key.title ? key.title : `${field.title} ID` }, field] : [field];
  });
  return fields
    .filter((field) => !isAssociation(field) || depth > 0)
    .map((field): Option => {
      const own = path ? `${path}.${field.name}` : field.name;
      const isLeaf = !isAssociation(field);
      const children = !isLeaf && opened.has(own) ? optionsOf(catalog, targetOf(collection, field), opened, depth - 1, own) : undefined;
      return { value: field.name, label: field.title || field.name, isLeaf, children };
    });
}

interface FieldPathSelectProps {
  collection: string;
  value: readonly string[];
  onChange(path: string[]): void;
  /** how many associations a path may go through */
  depth?: number;
  disabled?: boolean;
  'aria-label'?: string;
}

const DEFAULT_DEPTH = 3;

/** Chooses a field, also one of an associated record. */
export function FieldPathSelect({ collection, value, onChange, depth = DEFAULT_DEPTH, disabled, ...props }: FieldPathSelectProps) {
  const { collections, t } = usePort();
  const [asked, setAsked] = useState<readonly string[]>([]);
  const options = useMemo(() => {
    const ofValue = value.slice(0, -1).map((_, at) => value.slice(0, at + 1).join('.'));
    return optionsOf(collections, collection, new Set([...asked, ...ofValue]), depth);
  }, [collections, collection, asked, value, depth]);
  const isMissing = value.length > 0 && !fieldAt(collections, collection, value);
  const labelOf = () =>
    value.map((name, at) => fieldAt(collections, collection, value.slice(0, at + 1))?.field.title ?? name).join(' / ');
  return (
    <Cascader<Option>
      {...props}
      allowClear={false}
      style={{ width: '100%' }}
      disabled={disabled}
      status={isMissing ? 'error' : undefined}
      title={isMissing ? t('Field "{{name}}" does not exist', { name: value.join('.') }) : undefined}
      placeholder={t('Select a field')}
      options={options}
      showSearch={{ filter: (search, path) => path.some(({ label, value: name }) => `${label} ${name}`.toLowerCase().includes(search.toLowerCase())) }}
      loadData={(path) => setAsked((known) => [...known, path.map((option) => option.value).join('.')])}
      value={value.length ? [...value] : undefined}
      displayRender={labelOf}
      onChange={(path) => onChange(path)}
    />
  );
}
