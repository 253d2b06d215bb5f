import { Form } from 'antd';
import { useT } from '../../port/HostPort';
import { WorkflowVariableTextArea } from '../inputs/text';
import { EngineField } from '../shared/EngineField';
import { named, useConfig } from '../shared/useConfig';

/** `{ engine, expression }` */
export default function CalculationForm() {
  const t = useT();
  const engine = useConfig<string>('engine') ?? 'math.js';
  return (
    <>
      <EngineField name={named('engine')} engines={['math.js', 'formula.js', 'string']} value={engine} />
      <Form.Item
        name={named('expression')}
        label={t('Expression')}
        rules={[{ required: true, whitespace: true, message: t('The expression is empty') }]}
      >
        <WorkflowVariableTextArea autoSize={{ minRows: 3 }} placeholder={engine === 'string' ? undefined : '{{…}} * 2'} />
      </Form.Item>
    </>
  );
}
