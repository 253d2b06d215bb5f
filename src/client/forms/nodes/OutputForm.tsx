import { Form } from 'antd';
import { useT } from '../../port/HostPort';
import { Secondary } from '../../ui/Secondary';
import { WorkflowTypedVariableInput } from '../inputs/TypedVariableInput';
import { named } from '../shared/useConfig';

/** `{ value }` */
export default function OutputForm() {
  const t = useT();
  return (
    <Form.Item name={named('value')} label={t('Output value')} extra={<Secondary>{t('When several output nodes are executed, the last one counts.')}</Secondary>}>
      <WorkflowTypedVariableInput />
    </Form.Item>
  );
}
