import { DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { usePort, type CollectionField } from '../../port/HostPort';
import { targetOf } from '../variables/collectionVariables';
import { isAssociation, isDate, isToMany, valueTypeOf } from '../variables/fieldTypes';
import { ConstantInput } from './ConstantInput';
import { RecordSelect } from './RecordSelect';

export interface FieldValueInputProps {
  /** collection that the field belongs to */
  collection: string;
  field: CollectionField;
  value?: unknown;
  onChange?(value: unknown): void;
  /** several values: a list */
  multiple?: boolean;
  disabled?: boolean;
  id?: string;
  'aria-label'?: string;
}

const isDayOnly = (field: CollectionField) => field.type === 'dateOnly' || field.interface === 'date';

const toDate = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? dayjs(value) : null);

/** Editor for a constant value of a field of a collection. */
export function FieldValueInput({ collection, field, value, onChange, multiple, ...props }: FieldValueInputProps) {
  const { collections, t } = usePort();
  const type = valueTypeOf(field);
  const style = { width: '100%' };
  const target = field.target && collections.find(targetOf(collection, field)) ? targetOf(collection, field) : undefined;
  if (target && (isAssociation(field) || field.isForeignKey)) {
    return <RecordSelect {...props} collection={target} multiple={multiple ?? isToMany(field)} value={value} onChange={onChange} />;
  }
  if (field.choices?.length) {
    const isList = multiple || type === 'array';
    return (
      <Select
        {...props}
        allowClear
        showSearch
        optionFilterProp="label"
        mode={isList ? 'multiple' : undefined}
        style={style}
        placeholder={t('Select')}
        options={field.choices.map((choice) => ({ value: choice.value, label: choice.label }))}
        value={isList ? (Array.isArray(value) ? value : []) : value}
        onChange={(next: unknown) => onChange?.(next ?? null)}
      />
    );
  }
  if (multiple) {
    return (
      <Select
        {...props}
        mode="tags"
        open={false}
        suffixIcon={null}
        style={style}
        tokenSeparators={[',']}
        placeholder={t('Type a value and press Enter')}
        value={Array.isArray(value) ? value.map(String) : []}
        onChange={(next: string[]) => onChange?.(type === 'number' ? next.map((item) => (Number.isNaN(Number(item)) ? item : Number(item))) : next)}
      />
    );
  }
  if (isDate(field)) {
    return (
      <DatePicker
        {...props}
        style={style}
        showTime={!isDayOnly(field)}
        value={toDate(value)}
        onChange={(date) => onChange?.(date ? (isDayOnly(field) ? date.format('YYYY-MM-DD') : date.toISOString()) : null)}
      />
    );
  }
  if (field.interface === 'textarea' || field.type === 'text') {
    return (
      <Input.TextArea
        {...props}
        autoSize={{ minRows: 1, maxRows: 8 }}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange?.(event.target.value)}
      />
    );
  }
  return <ConstantInput {...props} type={type === 'array' ? 'object' : type ?? 'string'} value={value} onChange={onChange} />;
}
