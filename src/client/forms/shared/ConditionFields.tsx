import { Form } from 'antd';
import { useT } from '../../port/HostPort';
import { CalculationConfig } from '../inputs/CalculationConfig';
import { WorkflowVariableTextArea } from '../inputs/text';
import { EngineField } from './EngineField';
import { useConfig, named } from './useConfig';

/** Engine and condition, below a path of the config: comparisons, or an expression. */
export function ConditionFields({ path = [] }: { path?: readonly (string | number)[] }) {
  const t = useT();
  const engine = useConfig<string>(...path, 'engine') ?? 'basic';
  const required = t('The expression is empty');
  return (
    <>
      <EngineField name={named(...path, 'engine')} engines={['basic', 'math.js', 'formula.js']} value={engine} />
      {engine === 'basic' ? (
        <Form.Item name={named(...path, 'calculation')} label={t('Condition')}>
          <CalculationConfig />
        </Form.Item>
      ) : (
        <Form.Item
          name={named(...path, 'expression')}
          label={t('Condition expression')}
          rules={[{ required: true, whitespace: true, message: required }]}
        >
          <WorkflowVariableTextArea autoSize={{ minRows: 3 }} />
        </Form.Item>
      )}
    </>
  );
}
