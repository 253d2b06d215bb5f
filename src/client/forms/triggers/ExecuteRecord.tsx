import { Form } from 'antd';
import { useT } from '../../port/HostPort';
import { TriggerCollectionRecordSelect } from '../inputs/RecordSelect';
import { hint } from '../shared/hint';

/** The record to execute a workflow with: top-level value `data`. */
export function ExecuteRecord() {
  const t = useT();
  return (
    <Form.Item
      name="data"
      label={t('Trigger data')}
      tooltip={hint(t('Choose a record of the collection to simulate the trigger.'))}
      rules={[{ required: true, message: t('Choose a record') }]}
    >
      <TriggerCollectionRecordSelect />
    </Form.Item>
  );
}
