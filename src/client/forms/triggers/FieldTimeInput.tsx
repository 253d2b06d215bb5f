import { InputNumber, Select } from 'antd';
import { useT } from '../../port/HostPort';
import { useFormScope } from '../context';
import { FieldsSelect } from '../inputs/fieldSelects';
import { UNITS_MS, type Unit } from '../kinds/repeat';
import { isDate } from '../variables/fieldTypes';
import { useUnitLabels } from './unitLabels';

/** A date field of a record, moved by some time. */
export interface FieldTime {
  field?: string;
  /** negative: before */
  offset?: number;
  /** milliseconds */
  unit?: number;
}

interface FieldTimeInputProps {
  collection?: string;
  value?: FieldTime;
  onChange?(value: FieldTime): void;
  id?: string;
}

/** A date field, and how long before or after it. */
export function FieldTimeInput({ collection, value = {}, onChange, id }: FieldTimeInputProps) {
  const t = useT();
  const units = useUnitLabels();
  const readOnly = useFormScope()?.readOnly;
  const { field, offset = 0, unit = UNITS_MS.day } = value;
  const set = (change: FieldTime) => onChange?.({ ...value, ...change });
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
      <FieldsSelect
        id={id}
        aria-label={t('Date field')}
        collection={collection}
        filter={isDate}
        placeholder={t('Date field')}
        value={field}
        style={{ flex: '1 1 160px' }}
        onChange={(name: string) => set({ field: name })}
      />
      <Select
        aria-label={t('Before or after')}
        disabled={readOnly}
        value={offset === 0 ? 0 : Math.sign(offset)}
        style={{ width: 110 }}
        options={[
          { value: 0, label: t('exactly') },
          { value: -1, label: t('before') },
          { value: 1, label: t('after') },
        ]}
        onChange={(sign) => set({ offset: sign * (Math.abs(offset) || 1), unit })}
      />
      {offset !== 0 && (
        <>
          <InputNumber
            aria-label={t('How long')}
            disabled={readOnly}
            min={1}
            precision={0}
            value={Math.abs(offset)}
            style={{ width: 90 }}
            onChange={(count) => set({ offset: Math.sign(offset) * (count ?? 1) })}
          />
          <Select
            aria-label={t('Unit')}
            disabled={readOnly}
            value={unit}
            style={{ width: 110 }}
            options={(Object.entries(UNITS_MS) as [Unit, number][]).map(([name, ms]) => ({ value: ms, label: units[name] }))}
            onChange={(ms) => set({ unit: ms })}
          />
        </>
      )}
    </div>
  );
}
