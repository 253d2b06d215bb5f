import { Form } from 'antd';
import { usePort } from '../../port/HostPort';
import { CollectionCascader } from '../inputs/CollectionCascader';
import { named } from './useConfig';
import { hint } from './hint';

interface CollectionFieldProps {
  /** other settings name its fields: once chosen, it stays */
  locked?: boolean;
  tooltip?: string;
}

/** The collection that a node or trigger works on. */
export function CollectionField({ locked, tooltip }: CollectionFieldProps) {
  const { collections, t } = usePort();
  return (
    <Form.Item
      name={named('collection')}
      label={t('Collection')}
      tooltip={hint(tooltip)}
      rules={[
        { required: true, message: t('Choose a collection') },
        {
          validator: async (_, name?: string) => {
            if (name && !collections.find(name)) throw new Error(t('Collection "{{name}}" does not exist', { name }));
          },
        },
      ]}
    >
      <CollectionCascader disabled={locked || undefined} />
    </Form.Item>
  );
}
