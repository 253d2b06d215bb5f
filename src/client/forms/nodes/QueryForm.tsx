import { Checkbox, Form } from 'antd';
import { useT } from '../../port/HostPort';
import { Secondary } from '../../ui/Secondary';
import { PaginationFields, SortFieldsInput } from '../inputs/fieldSelects';
import { AppendsField } from '../shared/AppendsField';
import { CollectionField } from '../shared/CollectionField';
import { FilterField } from '../shared/FilterField';
import { named, useConfig } from '../shared/useConfig';
import { useLockedCollection } from '../shared/useLockedCollection';

/** `{ collection, multiple, params: { filter, sort, page, pageSize, appends }, failOnEmpty }` */
export default function QueryForm() {
  const t = useT();
  const collection = useConfig<string>('collection');
  return (
    <>
      <CollectionField locked={useLockedCollection()} />
      <Form.Item
        name={named('multiple')}
        valuePropName="checked"
        extra={<Secondary>{t('The result is a list then. Otherwise it is the first record that is found.')}</Secondary>}
      >
        <Checkbox>{t('Allow several records as result')}</Checkbox>
      </Form.Item>
      <AppendsField name={['params', 'appends']} />
      <FilterField name={['params', 'filter']} label={t('Filter')} />
      <Form.Item name={named('params', 'sort')} label={t('Sort')}>
        <SortFieldsInput collection={collection} />
      </Form.Item>
      <PaginationFields />
      <Form.Item name={named('failOnEmpty')} valuePropName="checked" extra={<Secondary>{t('Otherwise the result is empty and the workflow goes on.')}</Secondary>}>
        <Checkbox>{t('Fail when no record is found')}</Checkbox>
      </Form.Item>
    </>
  );
}
