import { InputNumber, Select, Space } from 'antd';
import { useState } from 'react';
import { useT } from '../../port/HostPort';
import { MAX_TIMEOUT_MS, TIMEOUT_UNITS, splitTimeout, type TimeoutUnit } from './timeout';

interface TimeoutInputProps {
  id?: string;
  /** milliseconds; 0: none */
  value?: number | null;
  onChange?(ms: number): void;
}

/** A length of time as number and unit. */
export function TimeoutInput({ id, value, onChange }: TimeoutInputProps) {
  const t = useT();
  const [unit, setUnit] = useState<TimeoutUnit>(() => splitTimeout(value).unit);
  const labels: Record<TimeoutUnit, string> = { day: t('Days'), hour: t('Hours'), minute: t('Minutes'), second: t('Seconds') };
  const length = TIMEOUT_UNITS[unit];
  return (
    <Space.Compact>
      <InputNumber
        id={id}
        min={0}
        max={MAX_TIMEOUT_MS / length}
        value={(value ?? 0) / length}
        onChange={(count) => onChange?.(Math.round((count ?? 0) * length))}
        style={{ width: '8em' }}
      />
      <Select
        aria-label={t('Unit')}
        value={unit}
        onChange={(next) => {
          setUnit(next);
          // What was typed stays typed; its meaning changes.
          onChange?.(Math.min(MAX_TIMEOUT_MS, ((value ?? 0) / length) * TIMEOUT_UNITS[next]));
        }}
        options={(Object.keys(TIMEOUT_UNITS) as TimeoutUnit[]).map((name) => ({ value: name, label: labels[name] }))}
        style={{ width: '8em' }}
      />
    </Space.Compact>
  );
}
