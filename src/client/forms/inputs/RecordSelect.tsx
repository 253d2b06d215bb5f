import { Select, type SelectProps } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { usePort } from '../../port/HostPort';
import { useFormScope } from '../context';
import { splitName } from '../shared/collections';

type DataRow = Record<string, unknown>;
type Key = string | number;

export interface RecordSelectProps extends Omit<SelectProps, 'value' | 'onChange' | 'options' | 'mode'> {
  collection: string;
  multiple?: boolean;
  /** gives whole records instead of their keys */
  whole?: boolean;
  /** column of the key. @default the primary key */
  valueField?: string;
  labelField?: string;
  value?: unknown;
  onChange?(value: unknown): void;
}

const SEARCH_DELAY_MS = 300;
const PAGE_SIZE = 50;

/** Chooses records of a collection; what is typed is searched on the server. */
export function RecordSelect({ collection, multiple, whole, valueField, labelField, value, onChange, disabled, ...props }: RecordSelectProps) {
  const port = usePort();
  const readOnly = useFormScope()?.readOnly;
  const [rows, setRows] = useState<DataRow[]>([]);
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle');
  const [search, setSearch] = useState('');
  const [isOpen, setOpen] = useState(false);
  const info = port.collections.find(collection);
  const key = valueField ?? info?.primaryKey ?? 'id';
  const title = labelField ?? info?.titleField ?? key;
  const isSearched = info?.fields.some((field) => field.name === title && field.type === 'string') ?? labelField !== undefined;
  const keyOf = (item: unknown): Key => (typeof item === 'object' && item !== null ? ((item as DataRow)[key] as Key) : (item as Key));
  const values = (Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]) as unknown[];
  const keys = values.map(keyOf);
  // Names of what is chosen already have to be asked for, even while the list is closed.
  const unnamed = whole ? [] : keys.filter((item) => !rows.some((row) => row[key] === item));
  const wanted = JSON.stringify([collection, isOpen, search, unnamed]);
  const known = useRef(rows);
  known.current = rows;

  useEffect(() => {
    if (!isOpen && !unnamed.length) return;
    const stop = new AbortController();
    const filter = isOpen ? (search && isSearched ? { [title]: { $includes: search } } : undefined) : { [key]: { $in: unnamed } };
    const timer = setTimeout(
      () => {
        setState('loading');
        const [dataSource, resource] = splitName(collection);
        const params = { pageSize: PAGE_SIZE, ...(filter && { filter }) };
        port.request<DataRow[]>({ action: `${resource}:list`, params, dataSource, signal: stop.signal }).then(
          ({ data }) => {
            const found = data.map((row) => row[key]);
            setRows([...known.current.filter((row) => keys.includes(row[key] as Key) && !found.includes(row[key])), ...data]);
            setState('idle');
          },
          () => !stop.signal.aborted && setState('failed'),
        );
      },
      search ? SEARCH_DELAY_MS : 0,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted, port]);

  const labelOf = (row: DataRow) => {
    const label = row[title];
    return typeof label === 'number' || (typeof label === 'string' && label) ? String(label) : `#${String(row[key])}`;
  };
  const pick = (picked: Key) => (whole ? [...rows, ...(values as DataRow[])].find((row) => row[key] === picked) ?? null : picked);
  const chosenRows = whole ? (values.filter((item) => typeof item === 'object') as DataRow[]) : [];
  const shown = [...rows, ...chosenRows.filter((chosen) => !rows.some((row) => row[key] === chosen[key]))];
  return (
    <Select
      showSearch
      allowClear
      placeholder={port.t('Select a record')}
      style={{ width: '100%' }}
      {...props}
      mode={multiple ? 'multiple' : undefined}
      disabled={disabled ?? readOnly}
      loading={state === 'loading'}
      filterOption={isSearched ? false : (text, option) => String(option?.label).toLowerCase().includes(text.toLowerCase())}
      onSearch={setSearch}
      onDropdownVisibleChange={setOpen}
      notFoundContent={
        state === 'loading' ? port.t('Loading') : state === 'failed' ? port.t('Could not be loaded') : port.t('No records')
      }
      options={shown.map((row) => ({ value: row[key] as Key, label: labelOf(row) }))}
      value={multiple ? keys : (keys[0] ?? null)}
      onChange={(picked: Key | Key[] | undefined) => {
        if (Array.isArray(picked)) onChange?.(picked.map(pick));
        else onChange?.(picked === undefined ? null : pick(picked));
      }}
    />
  );
}

export interface TriggerCollectionRecordSelectProps {
  value?: unknown;
  onChange?(value: unknown): void;
  /** @default the collection of the workflow's trigger */
  collection?: string;
  id?: string;
}

/** Chooses the record to execute a workflow with; gives the whole record. */
export function TriggerCollectionRecordSelect({ collection, ...props }: TriggerCollectionRecordSelectProps) {
  const ofTrigger = useFormScope()?.document?.trigger.config.collection;
  const name = collection ?? (typeof ofTrigger === 'string' ? ofTrigger : undefined);
  return name ? <RecordSelect {...props} whole collection={name} disabled={false} /> : null;
}
