import { Form, InputNumber } from 'antd';
import { useT } from './locale';

/** The settings of the trigger. Names are paths into the workflow's row. */
export function EveryForm() {
  const translate = useT();
  return (
    <Form.Item name={['config', 'everyMs']} label={translate('Interval in milliseconds')} rules={[{ required: true, type: 'number', min: 1000 }]}>
      <InputNumber min={1000} step={1000} />
    </Form.Item>
  );
}
