import { WorkflowVariableInput } from '@nocobase/plugin-workflow/client-v2';
import { Form, Input } from 'antd';
import { useT } from './locale';

/** The settings of the node. Names are paths into the node's row. */
export function QuoteForm() {
  const translate = useT();
  return (
    <>
      <Form.Item name={['config', 'url']} label={translate('Address of the service')} rules={[{ required: true }]}>
        <Input placeholder="https://…" />
      </Form.Item>
      <Form.Item name={['config', 'symbol']} label={translate('What to ask for')} rules={[{ required: true }]}>
        <WorkflowVariableInput />
      </Form.Item>
    </>
  );
}
