import { Alert, Checkbox, Form, Select } from 'antd';
import { COLLECTION_MODE } from '../../../common/constants';
import { useT } from '../../port/HostPort';
import { Secondary } from '../../ui/Secondary';
import { useFormScope } from '../context';
import { FieldsSelect } from '../inputs/fieldSelects';
import { modeLabel } from '../kinds/triggers';
import { AppendsField } from '../shared/AppendsField';
import { CollectionField } from '../shared/CollectionField';
import { FilterField } from '../shared/FilterField';
import { named, useConfig } from '../shared/useConfig';
import { isToMany } from '../variables/fieldTypes';
import { useTriggerCollection } from './useTriggerCollection';
import { hint } from '../shared/hint';

const { CREATE, UPDATE, DESTROY } = COLLECTION_MODE;

/** `{ collection, mode, changed?, condition?, appends?, nested?, rollbackOnFailure? }` */
export default function CollectionTriggerForm() {
  const t = useT();
  const isSync = useFormScope()?.document?.workflow.sync;
  const mode = useConfig<number>('mode') ?? 0;
  const collection = useConfig<string>('collection');
  const isLocked = useTriggerCollection() !== undefined;
  return (
    <>
      <CollectionField locked={isLocked} />
      <Form.Item
        name={named('mode')}
        label={t('Trigger on')}
        rules={[{ required: true, message: t('Choose on which change it is triggered') }]}
      >
        <Select
          placeholder={t('Trigger on')}
          options={[CREATE, UPDATE, CREATE | UPDATE, DESTROY].map((value) => ({ value, label: modeLabel(t, value) }))}
        />
      </Form.Item>
      {(mode & UPDATE) !== 0 && (
        <Form.Item
          name={named('changed')}
          label={t('Changed fields')}
          tooltip={hint(t('Triggered only if at least one of these fields was changed. Without any, every update counts. Does not apply to new records.'))}
        >
          <FieldsSelect mode="multiple" allowClear collection={collection} filter={(field) => !isToMany(field) && field.type !== 'hasOne'} />
        </Form.Item>
      )}
      {(mode & CREATE) !== 0 && (
        <Form.Item
          name={named('nested')}
          valuePropName="checked"
          extra={<Secondary>{t('For example the lines of an order that are saved together with it. Each record starts a run of its own.')}</Secondary>}
        >
          <Checkbox>{t('Also for records created together with another record')}</Checkbox>
        </Form.Item>
      )}
      {mode !== 0 && mode !== DESTROY && (
        <>
          <FilterField name={['condition']} label={t('Only triggers when match conditions')} />
          <AppendsField name={['appends']} />
        </>
      )}
      {isSync ? (
        <>
          <Alert
            type="info"
            showIcon
            style={{ marginBottom: 16 }}
            message={t('The workflow is executed within the write that triggers it, so the write waits for it.')}
          />
          <Form.Item
            name={named('rollbackOnFailure')}
            valuePropName="checked"
            extra={<Secondary>{t('When the workflow fails, the data is not changed and the request gets an error.')}</Secondary>}
          >
            <Checkbox>{t('Rollback when workflow execution fails')}</Checkbox>
          </Form.Item>
        </>
      ) : null}
    </>
  );
}
