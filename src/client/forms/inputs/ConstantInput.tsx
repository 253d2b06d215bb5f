import { DatePicker, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { useT } from '../../port/HostPort';
import { WorkflowVariableJsonTextArea } from './text';

export type ConstantType = 'string' | 'number' | 'boolean' | 'date' | 'object';

export interface ConstantInputProps {
  type: ConstantType;
  value?: unknown;
  onChange?(value: unknown): void;
  disabled?: boolean;
  placeholder?: string;
  id?: string;
  status?: '' | 'error' | 'warning';
  'aria-label'?: string;
  /** further properties of the antd input, e.g. `min` */
  inputProps?: Record<string, unknown>;
}

const toDate = (value: unknown) => {
  const date = typeof value === 'string' || typeof value === 'number' ? dayjs(value) : null;
  return date?.isValid() ? date : null;
};

/** Editor of a constant. Dates are stored as ISO texts. */
export function ConstantInput({ type, value, onChange, inputProps, ...props }: ConstantInputProps) {
  const t = useT();
  const style = { width: '100%' };
  switch (type) {
    case 'number':
      return (
        <InputNumber
          {...props}
          {...inputProps}
          style={style}
          value={typeof value === 'number' ? value : null}
          onChange={(number) => onChange?.(number)}
        />
      );
    case 'boolean':
      return (
        <Select
          {...props}
          {...inputProps}
          style={style}
          value={typeof value === 'boolean' ? value : undefined}
          options={[
            { value: true, label: t('Yes') },
            { value: false, label: t('No') },
          ]}
          onChange={(choice: boolean) => onChange?.(choice)}
        />
      );
    case 'date':
      return (
        <DatePicker
          showTime
          {...props}
          {...inputProps}
          style={style}
          value={toDate(value)}
          onChange={(date) => onChange?.(date ? date.toISOString() : null)}
        />
      );
    case 'object':
      return <WorkflowVariableJsonTextArea {...props} {...inputProps} value={value} onChange={onChange} />;
    case 'string':
      return (
        <Input
          {...props}
          {...inputProps}
          value={typeof value === 'string' || typeof value === 'number' ? value : ''}
          onChange={(event) => onChange?.(event.target.value)}
        />
      );
  }
}

/** Type of a constant; null for nothing. */
export function constantTypeOf(value: unknown): ConstantType | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return typeof value === 'number' ? 'number' : 'boolean';
  if (typeof value === 'object') return 'object';
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/.test(value) ? 'date' : 'string';
}
