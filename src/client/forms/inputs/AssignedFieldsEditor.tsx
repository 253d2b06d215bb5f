import { DeleteOutlined } from '@ant-design/icons';
import { Alert, Button, Empty, Form, Select, Space } from 'antd';
import { useRef } from 'react';
import { usePort, type CollectionField } from '../../port/HostPort';
import { useFocusAdded } from '../../ui/useFocusAdded';
import { useFormScope } from '../context';
import { fieldAt, offeredFields } from '../shared/collections';
import { FieldValueInput } from './FieldValueInput';
import { WorkflowVariableInput } from './text';
import { VariableOr } from './VariableOr';
import { variablePath } from '../variables/template';
import { valueTypeOf } from '../variables/fieldTypes';

type Values = Readonly<Record<string, unknown>>;

export interface AssignedFieldsEditorProps {
  collection?: string;
  /** constant or variable by field name */
  value?: Values | null;
  onChange?(value: Values): void;
  /** which fields may be set */
  fieldFilter?(field: CollectionField): boolean;
  /** drops values of fields that may not be set */
  pruneFilteredValues?: boolean;
  disabled?: boolean;
}

/** Fields that the database or the host fills in by itself. */
const FILLED = new Set(['createdAt', 'updatedAt', 'sort']);

/** Values for fields of a record, each a constant or a variable. Only fields that were added are set. */
export function AssignedFieldsEditor(props: AssignedFieldsEditorProps) {
  const { collection, value, onChange, fieldFilter, pruneFilteredValues, disabled } = props;
  const { collections, t } = usePort();
  const readOnly = useFormScope()?.readOnly;
  const isDisabled = disabled ?? readOnly;
  const list = useRef<HTMLDivElement>(null);
  const focusAdded = useFocusAdded(list, (fields) => [...fields.querySelectorAll('[data-assigned]')].at(-1));
  const info = collection ? collections.find(collection) : undefined;
  if (!collection || !info) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('Choose a collection')} />;

  const allowed = offeredFields(info).filter((field) => !fieldFilter || fieldFilter(field));
  const isAllowed = (name: string) => !pruneFilteredValues || allowed.some((field) => field.name === name);
  const values = Object.fromEntries(Object.entries(value ?? {}).filter(([name]) => isAllowed(name)));
  const names = Object.keys(values);
  const addable = allowed.filter((field) => !names.includes(field.name) && !FILLED.has(field.name));
  return (
    <Space ref={list} direction="vertical" size={0} style={{ width: '100%' }} role="group" aria-label={t('Assign fields')}>
      {names.map((name) => {
        const found = fieldAt(collections, collection, [name]);
        return (
          <Form.Item key={name} label={found?.field.title ?? name} required={found?.field.required} style={{ marginBottom: 12 }}>
            <div style={{ display: 'flex', gap: 8, alignItems: 'start' }}>
              <div data-assigned="" style={{ flex: 1, minWidth: 0 }}>
                {found ? (
                  <AssignedValue
                    collection={collection}
                    field={found.field}
                    value={values[name]}
                    disabled={isDisabled}
                    onChange={(next) => onChange?.({ ...values, [name]: next })}
                  />
                ) : (
                  <Alert type="error" showIcon message={t('Field "{{name}}" does not exist', { name })} style={{ paddingBlock: 4 }} />
                )}
              </div>
              <Button
                type="text"
                disabled={isDisabled}
                aria-label={t('Do not set {{name}}', { name: found?.field.title ?? name })}
                icon={<DeleteOutlined />}
                onClick={() => onChange?.(Object.fromEntries(Object.entries(values).filter(([other]) => other !== name)))}
              />
            </div>
          </Form.Item>
        );
      })}
      <Select
        aria-label={t('Add field')}
        placeholder={t('Add field')}
        disabled={isDisabled || !addable.length}
        showSearch
        value={null}
        style={{ minWidth: 200 }}
        popupMatchSelectWidth={false}
        optionFilterProp="label"
        options={addable.map((field) => ({ value: field.name, label: field.required ? `${field.title} *` : field.title }))}
        onChange={(name: string) => {
          onChange?.({ ...values, [name]: null });
          focusAdded();
        }}
      />
    </Space>
  );
}

interface AssignedValueProps {
  collection: string;
  field: CollectionField;
  value: unknown;
  onChange(value: unknown): void;
  disabled?: boolean;
}

function AssignedValue({ collection, field, value, onChange, disabled }: AssignedValueProps) {
  const { inputs } = usePort();
  const type = valueTypeOf(field);
  const isText = type === 'string' && !field.choices?.length;
  if (isText && (value === null || typeof value === 'string')) {
    return <WorkflowVariableInput aria-label={field.title} value={value} disabled={disabled} onChange={onChange} />;
  }
  const Host = inputs.FieldValue;
  return (
    <VariableOr value={value} onChange={onChange} disabled={disabled}>
      {Host && !variablePath(value) ? (
        <Host collection={collection} field={field.name} value={value} disabled={disabled} onChange={onChange} />
      ) : (
        <FieldValueInput collection={collection} field={field} value={value} disabled={disabled} onChange={onChange} aria-label={field.title} />
      )}
    </VariableOr>
  );
}
