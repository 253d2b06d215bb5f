import { Alert, Button, DatePicker, Empty, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { usePort, useT } from '../../port/HostPort';
import { useFormScope } from '../context';
import { ConditionRow, GroupFrame } from '../inputs/conditionRows';
import { FieldValueInput } from '../inputs/FieldValueInput';
import { WorkflowVariableInput } from '../inputs/text';
import { VariableOr } from '../inputs/VariableOr';
import { fieldAt } from '../shared/collections';
import type { MetaTreeNode, VariableOption } from '../variables/convert';
import { isDate, valueTypeOf } from '../variables/fieldTypes';
import { FieldPathSelect } from './FieldPathSelect';
import { readFilter, writeFilter, type FilterCondition, type FilterGroup, type FilterItem, type StoredFilter } from './model';
import { operatorsOf } from './operators';

export interface FilterDynamicComponentProps {
  collection?: string;
  value?: StoredFilter | null;
  onChange?(value: StoredFilter | null): void;
  disabled?: boolean;
  /** whether the right side may be a variable. @default true */
  rightAsVariable?: boolean;
  /** how many associations a field may lie behind. @default 3 */
  maxAssociationFieldDepth?: number;
  /** changes the variables that are offered, e.g. leaves some out */
  transformVariableOptions?(options: readonly (MetaTreeNode | VariableOption)[]): readonly (MetaTreeNode | VariableOption)[];
  /** offers `$system.dateRange.…` for dates. @default true */
  includeDateRangeVariable?: boolean;
  /** a tree of variables of its own */
  variableOptions?: readonly (MetaTreeNode | VariableOption)[];
  id?: string;
}

/** Conditions over the fields of a collection and of associated records; stored as a NocoBase filter. */
export function FilterDynamicComponent({ collection, value, onChange, disabled, ...options }: FilterDynamicComponentProps) {
  const { collections, t } = usePort();
  const readOnly = useFormScope()?.readOnly;
  const [draft, setDraft] = useState<{ group: FilterGroup; stored: StoredFilter | null } | null>(null);
  if (!collection || !collections.find(collection)) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('Choose a collection')} />;
  }
  // Rows that have no field yet are no part of what is stored; they live here until another filter comes from outside.
  const group = draft && draft.stored === (value ?? null) ? draft.group : readFilter(value);
  const change = (next: FilterGroup) => {
    const stored = next.items.length ? writeFilter(next) : null;
    setDraft({ group: next, stored });
    onChange?.(stored);
  };
  const ownOptions = options.transformVariableOptions && options.variableOptions ? options.transformVariableOptions(options.variableOptions) : options.variableOptions;
  return (
    <Group
      item={group}
      onChange={change}
      shared={{
        collection,
        disabled: disabled ?? readOnly,
        depth: options.maxAssociationFieldDepth,
        hasVariables: options.rightAsVariable ?? true,
        withDateRanges: options.includeDateRangeVariable ?? true,
        variableOptions: ownOptions,
      }}
    />
  );
}

interface Shared {
  collection: string;
  disabled?: boolean;
  depth?: number;
  hasVariables: boolean;
  withDateRanges: boolean;
  variableOptions?: readonly (MetaTreeNode | VariableOption)[];
}

interface PartProps<T> {
  item: T;
  onChange(item: T): void;
  onRemove?(): void;
  shared: Shared;
}

const EMPTY_CONDITION: FilterCondition = { kind: 'condition', path: [] };

function Group({ item, onChange, onRemove, shared }: PartProps<FilterGroup>) {
  const set = (items: readonly FilterItem[]) => onChange({ ...item, items });
  return (
    <GroupFrame
      isAny={item.join === '$or'}
      isEmpty={!item.items.length}
      disabled={shared.disabled}
      onRemove={onRemove}
      onAnyChange={(isAny) => onChange({ ...item, join: isAny ? '$or' : '$and' })}
      onAddCondition={() => set([...item.items, EMPTY_CONDITION])}
      onAddGroup={() => set([...item.items, { kind: 'group', join: '$and', items: [EMPTY_CONDITION] }])}
    >
      {item.items.map((part, at) => {
        const props = {
          shared,
          onChange: (next: FilterItem) => set(item.items.map((old, index) => (index === at ? next : old))),
          onRemove: () => set(item.items.filter((_, index) => index !== at)),
        };
        if (part.kind === 'group') return <Group key={at} item={part} {...props} />;
        if (part.kind === 'condition') return <Condition key={at} item={part} {...props} />;
        return <Raw key={at} filter={part.filter} onRemove={props.onRemove} disabled={shared.disabled} />;
      })}
    </GroupFrame>
  );
}

/** A part that other software has written; it is shown and kept. */
function Raw({ filter, onRemove, disabled }: { filter: unknown; onRemove(): void; disabled?: boolean }) {
  const t = useT();
  return (
    <Alert
      type="info"
      message={<code>{JSON.stringify(filter)}</code>}
      action={
        <Button size="small" disabled={disabled} onClick={onRemove}>
          {t('Remove')}
        </Button>
      }
    />
  );
}

function Condition({ item, onChange, onRemove, shared }: PartProps<FilterCondition>) {
  const { collections, t } = usePort();
  const { collection, disabled } = shared;
  const found = fieldAt(collections, collection, item.path);
  const operators = found ? operatorsOf(found.field, t) : [];
  const known = operators.find(({ value }) => value === item.operator);
  const choosePath = (path: readonly string[]) => {
    const next = fieldAt(collections, collection, path);
    const first = next ? operatorsOf(next.field, t)[0] : undefined;
    onChange({ kind: 'condition', path, operator: first?.value, value: first?.isUnary ? true : undefined });
  };
  const chooseOperator = (operator: string) => {
    const next = operators.find(({ value }) => value === operator);
    const isSameShape = next?.isList === known?.isList && !next?.isUnary && !known?.isUnary;
    onChange({ ...item, operator, value: next?.isUnary ? true : isSameShape ? item.value : undefined });
  };
  return (
    <ConditionRow
      disabled={disabled}
      onRemove={() => onRemove?.()}
      left={
        <FieldPathSelect
          aria-label={t('Field')}
          collection={collection}
          depth={shared.depth}
          disabled={disabled}
          value={item.path}
          onChange={choosePath}
        />
      }
      operator={
        <Select
          aria-label={t('Comparison')}
          style={{ width: '100%' }}
          popupMatchSelectWidth={false}
          disabled={disabled || !found}
          value={item.operator}
          options={operators.map(({ value, label }) => ({ value, label }))}
          onChange={chooseOperator}
        />
      }
      right={
        item.operator && !known?.isUnary ? (
          <RightSide item={item} isList={known?.isList} onChange={(value) => onChange({ ...item, value })} shared={shared} />
        ) : undefined
      }
    />
  );
}

interface RightSideProps {
  item: FilterCondition;
  isList?: boolean;
  onChange(value: unknown): void;
  shared: Shared;
}

function RightSide({ item, isList, onChange, shared }: RightSideProps) {
  const { collections, t } = usePort();
  const found = fieldAt(collections, shared.collection, item.path);
  const { disabled, variableOptions } = shared;
  const label = t('Value');
  const isText = found && valueTypeOf(found.field) === 'string' && !found.field.choices?.length && !isList && !found.field.isForeignKey;
  if (isText && shared.hasVariables) {
    const text = typeof item.value === 'string' ? item.value : item.value === undefined || item.value === null ? '' : JSON.stringify(item.value);
    return <WorkflowVariableInput aria-label={label} value={text} disabled={disabled} variableOptions={variableOptions} onChange={onChange} />;
  }
  const editor =
    found && item.operator === '$dateBetween' ? (
      <DatePicker.RangePicker
        aria-label={label}
        style={{ width: '100%' }}
        disabled={disabled}
        value={Array.isArray(item.value) ? [dayjs(item.value[0] as string), dayjs(item.value[1] as string)] : null}
        onChange={(range) => onChange(range?.[0] && range[1] ? [range[0].format('YYYY-MM-DD'), range[1].format('YYYY-MM-DD')] : undefined)}
      />
    ) : (
      <FieldValueInput
        aria-label={label}
        collection={found?.collection ?? shared.collection}
        // Days are compared, whatever the field holds beside them.
        field={found ? (isDate(found.field) ? { ...found.field, type: 'dateOnly' } : found.field) : { name: '', title: '', type: 'string' }}
        multiple={isList}
        disabled={disabled}
        value={item.value}
        onChange={onChange}
      />
    );
  if (!shared.hasVariables) return editor;
  return (
    <VariableOr
      value={item.value}
      onChange={onChange}
      clearValue={undefined}
      disabled={disabled}
      variableOptions={variableOptions}
      withDateRanges={shared.withDateRanges && Boolean(found && isDate(found.field))}
    >
      {editor}
    </VariableOr>
  );
}

/** The same component under the name that the newer client of the host uses. */
export const ConditionField = FilterDynamicComponent;
