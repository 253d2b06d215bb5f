import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Col, Form, Row, Segmented, Select, Space, type SelectProps } from 'antd';
import { usePort, useT, type CollectionField } from '../../port/HostPort';
import { useFormScope } from '../context';
import { offeredFields } from '../shared/collections';
import { isAssociation } from '../variables/fieldTypes';
import { WorkflowTypedVariableInput } from './TypedVariableInput';

export interface FieldsSelectProps extends Omit<SelectProps, 'options'> {
  /** @default `collection` of the form's config */
  collection?: string;
  filter?(field: CollectionField): boolean;
}

/** Chooses fields of a collection; search looks at titles and names. */
export function FieldsSelect({ collection, filter, disabled, ...props }: FieldsSelectProps) {
  const { collections, t } = usePort();
  const readOnly = useFormScope()?.readOnly;
  const form = Form.useFormInstance() as ReturnType<typeof Form.useFormInstance> | undefined;
  const ofForm = Form.useWatch(['config', 'collection'], { form, preserve: true }) as string | undefined;
  const name = collection ?? ofForm;
  const fields = offeredFields(name ? collections.find(name) : undefined).filter((field) => !filter || filter(field));
  return (
    <Select
      showSearch
      placeholder={t('Select fields')}
      {...props}
      disabled={disabled ?? readOnly}
      options={fields.map((field) => ({ value: field.name, label: field.title }))}
      filterOption={(text, option) => `${String(option?.label)} ${String(option?.value)}`.toLowerCase().includes(text.toLowerCase())}
    />
  );
}

export interface SortRule {
  field?: string;
  direction?: 'asc' | 'desc';
}

export interface SortFieldsInputProps {
  collection?: string;
  value?: SortRule[] | null;
  onChange?(value: SortRule[]): void;
  disabled?: boolean;
}

/** Fields to sort by, the most important first. */
export function SortFieldsInput({ collection, value, onChange, disabled }: SortFieldsInputProps) {
  const t = useT();
  const readOnly = useFormScope()?.readOnly;
  const isDisabled = disabled ?? readOnly;
  const rules = value ?? [];
  const put = (at: number, rule: SortRule) => onChange?.(rules.map((old, index) => (index === at ? rule : old)));
  const move = (at: number, to: number) => {
    const next = [...rules];
    next.splice(to, 0, ...next.splice(at, 1));
    onChange?.(next);
  };
  return (
    <Space direction="vertical" style={{ width: '100%' }} role="group" aria-label={t('Sort')}>
      {rules.map((rule, at) => (
        <div key={at} style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
          <FieldsSelect
            aria-label={t('Sort by')}
            collection={collection}
            filter={(field) => !isAssociation(field)}
            disabled={isDisabled}
            value={rule.field}
            style={{ flex: '1 1 180px' }}
            onChange={(field: string) => put(at, { ...rule, field })}
          />
          <Segmented
            disabled={isDisabled}
            value={String(rule.direction ?? 'asc').toLowerCase()}
            options={[
              { value: 'asc', label: t('Ascending') },
              { value: 'desc', label: t('Descending') },
            ]}
            onChange={(direction) => put(at, { ...rule, direction: direction as SortRule['direction'] })}
          />
          <Space.Compact>
            <Button aria-label={t('Move up')} disabled={isDisabled || at === 0} icon={<ArrowUpOutlined />} onClick={() => move(at, at - 1)} />
            <Button
              aria-label={t('Move down')}
              disabled={isDisabled || at === rules.length - 1}
              icon={<ArrowDownOutlined />}
              onClick={() => move(at, at + 1)}
            />
            <Button
              aria-label={t('Remove')}
              disabled={isDisabled}
              icon={<DeleteOutlined />}
              onClick={() => onChange?.(rules.filter((_, index) => index !== at))}
            />
          </Space.Compact>
        </div>
      ))}
      <Button
        type="dashed"
        size="small"
        icon={<PlusOutlined />}
        disabled={isDisabled || !collection}
        onClick={() => onChange?.([...rules, { direction: 'asc' }])}
      >
        {t('Add sort field')}
      </Button>
    </Space>
  );
}

export interface PaginationFieldsProps {
  /** names in the form around it */
  pageName?: (string | number)[];
  pageSizeName?: (string | number)[];
}

/** Form items for page and page size: numbers from 1, or variables. */
export function PaginationFields({
  pageName = ['config', 'params', 'page'],
  pageSizeName = ['config', 'params', 'pageSize'],
}: PaginationFieldsProps) {
  const t = useT();
  const types = [['number', { min: 1, precision: 0 }]] as const;
  return (
    <Row gutter={16}>
      <Col span={12}>
        <Form.Item name={pageName} label={t('Page number')}>
          <WorkflowTypedVariableInput types={types} nullable={false} variableOptions={{ types: ['number'] }} placeholder="1" />
        </Form.Item>
      </Col>
      <Col span={12}>
        <Form.Item name={pageSizeName} label={t('Page size')}>
          <WorkflowTypedVariableInput types={types} nullable={false} variableOptions={{ types: ['number'] }} placeholder="20" />
        </Form.Item>
      </Col>
    </Row>
  );
}
