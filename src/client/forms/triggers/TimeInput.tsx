import { DatePicker, Segmented, Space } from 'antd';
import { useT } from '../../port/HostPort';
import { FieldTimeInput, type FieldTime } from './FieldTimeInput';
import { readTime, writeTime } from './zonedTime';

interface TimeInputProps {
  value?: unknown;
  onChange?(value: string | undefined): void;
  zone?: string;
  placeholder?: string;
  id?: string;
}

/** A time of the workflow's zone. */
export function TimeInput({ value, onChange, zone, ...props }: TimeInputProps) {
  return (
    <DatePicker
      {...props}
      showTime
      style={{ width: '100%' }}
      value={readTime(value, zone)}
      onChange={(time) => onChange?.(writeTime(time, zone))}
    />
  );
}

interface EndInputProps {
  collection?: string;
  zone?: string;
  value?: string | FieldTime;
  onChange?(value: string | FieldTime | undefined): void;
}

/** End of a schedule that goes by a date field: none, a time, or another date field of the record. */
export function EndInput({ collection, zone, value, onChange }: EndInputProps) {
  const t = useT();
  const kind = typeof value === 'string' ? 'time' : value && typeof value === 'object' ? 'field' : 'none';
  return (
    <Space direction="vertical" style={{ width: '100%' }}>
      <Segmented
        value={kind}
        options={[
          { value: 'none', label: t('No end') },
          { value: 'time', label: t('Exact time') },
          { value: 'field', label: t('By field') },
        ]}
        onChange={(next) => onChange?.(next === 'none' ? undefined : next === 'time' ? '' : {})}
      />
      {kind === 'time' && <TimeInput zone={zone} value={value} onChange={(time) => onChange?.(time ?? '')} />}
      {kind === 'field' && <FieldTimeInput collection={collection} value={value as FieldTime} onChange={onChange} />}
    </Space>
  );
}
