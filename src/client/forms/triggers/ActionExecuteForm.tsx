import { Form } from 'antd';
import { useT } from '../../port/HostPort';
import { RecordSelect } from '../inputs/RecordSelect';
import { RoleSelect } from '../inputs/UsersSelect';
import { ExecuteRecord } from './ExecuteRecord';

/** `{ data, userId, roleName? }` */
export default function ActionExecuteForm() {
  const t = useT();
  return (
    <>
      <ExecuteRecord />
      <Form.Item name="userId" label={t('User acted')} rules={[{ required: true, message: t('Choose a user') }]}>
        <RecordSelect collection="users" valueField="id" labelField="nickname" placeholder={t('Select a user')} />
      </Form.Item>
      <Form.Item name="roleName" label={t('Role of user acted')}>
        <RoleSelect />
      </Form.Item>
    </>
  );
}
