import { Form } from 'antd';
import { useT } from '../../port/HostPort';
import { RadioWithTooltip } from '../inputs/optionGroups';
import { CollectionField } from '../shared/CollectionField';
import { FilterField } from '../shared/FilterField';
import { named } from '../shared/useConfig';
import { useLockedCollection } from '../shared/useLockedCollection';
import { ValuesField } from '../shared/ValuesField';

/** `{ collection, params: { individualHooks, filter, values } }` */
export default function UpdateForm() {
  const t = useT();
  return (
    <>
      <CollectionField locked={useLockedCollection()} />
      <Form.Item
        name={named('params', 'individualHooks')}
        label={t('Update mode')}
        // What the server does when nothing is stored.
        getValueProps={(value?: boolean) => ({ value: value ?? true })}
      >
        <RadioWithTooltip
          options={[
            {
              value: false,
              label: t('All at once'),
              tooltip: t('One statement for all records. Collection workflows are not triggered by it.'),
            },
            {
              value: true,
              label: t('One by one'),
              tooltip: t('Each record for itself; collection workflows are triggered. Slower with many records.'),
            },
          ]}
        />
      </Form.Item>
      <FilterField
        name={['params', 'filter']}
        label={t('Only update records matching conditions')}
        required={t('Say which records: without a condition nothing may be changed')}
      />
      <ValuesField tooltip={t('Fields that are not added here stay as they are.')} />
    </>
  );
}
