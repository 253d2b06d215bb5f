import { Form } from 'antd';
import { useT } from '../../port/HostPort';
import { useFormScope } from '../context';
import { CheckboxGroupWithTooltip, RadioWithTooltip } from '../inputs/optionGroups';
import { AppendsField } from '../shared/AppendsField';
import { CollectionField } from '../shared/CollectionField';
import { named, useConfig } from '../shared/useConfig';
import { CallExample } from './CallExample';
import { useTriggerCollection } from './useTriggerCollection';

/** `{ collection, global, actions?, appends? }` */
export default function ActionTriggerForm() {
  const t = useT();
  const isGlobal = useConfig<boolean>('global') ?? false;
  const workflow = useFormScope()?.document?.workflow;
  const collection = useConfig<string>('collection');
  const isLocked = useTriggerCollection() !== undefined;
  return (
    <>
      <CollectionField locked={isLocked} tooltip={t('The collection to which the triggered data belongs.')} />
      <Form.Item name={named('global')} label={t('Trigger mode')} getValueProps={(value?: boolean) => ({ value: value ?? false })}>
        <RadioWithTooltip
          options={[
            {
              value: false,
              label: t('Local mode, triggered after the completion of actions bound to this workflow'),
              tooltip: t('Bind it to buttons in the interface, or name its key in requests.'),
            },
            {
              value: true,
              label: t('Global mode, triggered after the completion of the following actions'),
              tooltip: t('Whatever form or request the action comes from.'),
            },
          ]}
        />
      </Form.Item>
      {isGlobal && (
        <Form.Item
          name={named('actions')}
          label={t('Select actions')}
          rules={[{ required: true, type: 'array', min: 1, message: t('Choose at least one action; without any it never runs') }]}
        >
          <CheckboxGroupWithTooltip
            direction="horizontal"
            options={[
              { value: 'create', label: t('Create record action') },
              { value: 'update', label: t('Update record action') },
            ]}
          />
        </Form.Item>
      )}
      <AppendsField name={['appends']} label={t('Associations to use')} />
      {workflow && collection && <CallExample workflowKey={workflow.key} collection={collection} isGlobal={isGlobal} />}
    </>
  );
}
