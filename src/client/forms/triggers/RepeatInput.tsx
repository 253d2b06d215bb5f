import { Button, Input, InputNumber, Segmented, Select, Space, theme, Typography } from 'antd';
import { useState } from 'react';
import { useT } from '../../port/HostPort';
import { useFormScope } from '../context';
import { splitInterval, UNITS_MS, type Unit } from '../kinds/repeat';
import type { Translate } from '../kinds/types';
import { useUnitLabels } from './unitLabels';

type Kind = 'once' | 'interval' | 'cron';

/** null: once; number: milliseconds; text: cron expression */
export type Repeat = number | string | null;

const kindOf = (repeat: unknown): Kind => (typeof repeat === 'number' ? 'interval' : typeof repeat === 'string' ? 'cron' : 'once');

/** What can be told of a repetition without the server. @returns null when nothing is wrong */
export function repeatProblem(repeat: unknown, t: Translate): string | null {
  if (typeof repeat === 'number') return repeat >= 1000 ? null : t('The interval must be at least one second');
  if (typeof repeat !== 'string') return null;
  const parts = repeat.trim().split(/\s+/).filter(Boolean);
  if (!parts.length) return t('Enter a cron expression');
  if (repeat.trim().startsWith('@')) return null;
  return parts.length === 5 || parts.length === 6 ? null : t('A cron expression has 5 parts, or 6 with seconds');
}

interface RepeatInputProps {
  value?: Repeat;
  onChange?(value: Repeat): void;
  id?: string;
}

/** How often: once, at an interval, or by a cron expression. */
export function RepeatInput({ value = null, onChange, id }: RepeatInputProps) {
  const t = useT();
  const units = useUnitLabels();
  const readOnly = useFormScope()?.readOnly;
  const kind = kindOf(value);
  const split = typeof value === 'number' ? splitInterval(value) : { count: 1, unit: 'hour' as Unit };
  // 60 minutes stay 60 minutes while they are typed, although they are an hour as well.
  const [typedUnit, setTypedUnit] = useState<Unit | null>(null);
  const unit = typedUnit && typeof value === 'number' && value % UNITS_MS[typedUnit] === 0 ? typedUnit : split.unit;
  const count = typeof value === 'number' ? value / UNITS_MS[unit] : 1;
  const EMPTY: Record<Kind, Repeat> = { once: null, interval: UNITS_MS.hour, cron: '0 9 * * *' };
  return (
    <Space direction="vertical" style={{ width: '100%' }}>
      <Segmented
        id={id}
        aria-label={t('Repeat mode')}
        disabled={readOnly}
        value={kind}
        options={[
          { value: 'once', label: t('Once') },
          { value: 'interval', label: t('At an interval') },
          { value: 'cron', label: t('Cron expression') },
        ]}
        onChange={(next) => next !== kind && onChange?.(EMPTY[next as Kind])}
      />
      {kind === 'interval' && (
        <Space.Compact>
          <InputNumber
            aria-label={t('Every')}
            addonBefore={t('Every')}
            disabled={readOnly}
            min={1}
            precision={0}
            value={count}
            onChange={(next) => {
              setTypedUnit(unit);
              onChange?.((next ?? 1) * UNITS_MS[unit]);
            }}
          />
          <Select
            aria-label={t('Unit')}
            disabled={readOnly}
            value={unit}
            style={{ width: 120 }}
            options={(Object.keys(UNITS_MS) as Unit[]).map((name) => ({ value: name, label: units[name] }))}
            onChange={(next) => {
              setTypedUnit(next);
              onChange?.(count * UNITS_MS[next]);
            }}
          />
        </Space.Compact>
      )}
      {kind === 'cron' && <CronInput value={String(value)} onChange={(next) => onChange?.(next)} disabled={readOnly} />}
    </Space>
  );
}

interface CronInputProps {
  value: string;
  onChange(value: string): void;
  disabled?: boolean;
}

function CronInput({ value, onChange, disabled }: CronInputProps) {
  const t = useT();
  const { token } = theme.useToken();
  const examples = [
    { expression: '*/15 * * * *', label: t('Every 15 minutes') },
    { expression: '0 9 * * *', label: t('Daily at 9:00') },
    { expression: '0 9 * * 1-5', label: t('Weekdays at 9:00') },
    { expression: '0 9 * * 1', label: t('Mondays at 9:00') },
    { expression: '0 0 1 * *', label: t('On the first of each month') },
  ];
  return (
    <Space direction="vertical" size={4} style={{ width: '100%' }}>
      <Input
        aria-label={t('Cron expression')}
        disabled={disabled}
        value={value}
        style={{ fontFamily: 'monospace' }}
        onChange={(event) => onChange(event.target.value)}
      />
      <Typography.Text style={{ fontSize: token.fontSizeSM, color: token.colorTextSecondary }}>
        {t('[second] minute hour day-of-month month day-of-week. * any, */5 every 5th, 1-5 from to, 1,15 several.')}
      </Typography.Text>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 4 }}>
        {examples.map(({ expression, label }) => (
          <Button key={expression} size="small" disabled={disabled} onClick={() => onChange(expression)}>
            {label}
          </Button>
        ))}
      </div>
    </Space>
  );
}
