import { Form, Select } from 'antd';
import { useT } from '../../port/HostPort';
import { EngineReference, hasReference } from '../inputs/EngineReference';

export type Engine = 'basic' | 'math.js' | 'formula.js' | 'string';

interface EngineFieldProps {
  name: (string | number)[];
  engines: readonly Engine[];
  value?: string;
}

/** Chooses what evaluates an expression. */
export function EngineField({ name, engines, value }: EngineFieldProps) {
  const t = useT();
  const labels: Record<Engine, { label: string; description: string }> = {
    basic: { label: t('Basic'), description: t('Compares values, without a formula') },
    'math.js': { label: 'Math.js', description: t('Arithmetic, comparisons, units, matrices') },
    'formula.js': { label: 'Formula.js', description: t('Functions as in spreadsheets') },
    string: { label: t('Text template'), description: t('Puts variables into a text') },
  };
  return (
    <Form.Item name={name} label={t('Calculation engine')} extra={hasReference(value) && <EngineReference engine={value} />}>
      <Select
        options={engines.map((engine) => ({ value: engine, ...labels[engine] }))}
        optionRender={({ data }) => (
          <div>
            <div>{data.label}</div>
            <small style={{ opacity: 0.65 }}>{data.description}</small>
          </div>
        )}
      />
    </Form.Item>
  );
}
