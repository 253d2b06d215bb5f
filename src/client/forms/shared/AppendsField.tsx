import { Form } from 'antd';
import { useT } from '../../port/HostPort';
import { Secondary } from '../../ui/Secondary';
import { AppendsSelect } from '../inputs/AppendsSelect';
import { named, useConfig } from './useConfig';

/** Associations to load, for later nodes to use. */
export function AppendsField({ name, label }: { name: (string | number)[]; label?: string }) {
  const t = useT();
  const collection = useConfig<string>('collection');
  return (
    <Form.Item
      name={named(...name)}
      label={label ?? t('Preload associations')}
      extra={
        <Secondary>
          {t(
            'Please select the associated fields that need to be accessed in subsequent nodes. With more than two levels of to-many associations may cause performance issue, please use with caution.',
          )}
        </Secondary>
      }
    >
      <AppendsSelect collection={collection} />
    </Form.Item>
  );
}
