import { Form } from 'antd';
import { useT } from '../../port/HostPort';
import { AssignedFieldsEditor } from '../inputs/AssignedFieldsEditor';
import { named, useConfig } from './useConfig';
import { hint } from './hint';

/** Field values of a record that is written; clears what older versions kept beside them. */
export function ValuesField({ tooltip }: { tooltip?: string }) {
  const t = useT();
  const collection = useConfig<string>('collection');
  return (
    <>
      <Form.Item name={named('params', 'values')} label={t('Assign fields')} tooltip={hint(tooltip)}>
        <AssignedFieldsEditor collection={collection} />
      </Form.Item>
    </>
  );
}
