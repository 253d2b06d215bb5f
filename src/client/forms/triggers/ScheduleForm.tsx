import { Form, InputNumber, Select } from 'antd';
import { SCHEDULE_MODE } from '../../../common/constants';
import { useT } from '../../port/HostPort';
import { AppendsField } from '../shared/AppendsField';
import { CollectionField } from '../shared/CollectionField';
import { named, useConfig } from '../shared/useConfig';
import { FieldTimeInput } from './FieldTimeInput';
import { MissedField } from './MissedField';
import { RepeatInput, repeatProblem } from './RepeatInput';
import { ScheduleMode } from './SchedulePreset';
import { SchedulePreview } from './SchedulePreview';
import { EndInput, TimeInput } from './TimeInput';
import { useTriggerCollection } from './useTriggerCollection';
import { browserZone, timeZones } from './zonedTime';
import { hint } from '../shared/hint';

/** `{ mode, startsOn, repeat, endsOn?, limit?, timezone?, missed?, collection?, appends? }` */
export default function ScheduleForm() {
  const t = useT();
  const mode = useConfig<number>('mode');
  const collection = useConfig<string>('collection');
  const zone = useConfig<string>('timezone') || undefined;
  const isByField = mode === SCHEDULE_MODE.DATE_FIELD;
  const isLocked = useTriggerCollection() !== undefined;
  return (
    <>
      <ScheduleMode />
      {isByField && <CollectionField locked={isLocked} />}
      {mode === SCHEDULE_MODE.STATIC && (
        <Form.Item
          name={named('startsOn')}
          label={t('Starts on')}
          rules={[{ required: true, message: t('Set when it starts; without a start it never runs') }]}
        >
          <TimeInput zone={zone} />
        </Form.Item>
      )}
      {isByField && (
        <Form.Item
          name={named('startsOn')}
          label={t('Starts on')}
          required
          rules={[
            {
              validator: async (_, value?: { field?: string }) => {
                if (!value?.field) throw new Error(t('Choose the date field that starts it'));
              },
            },
          ]}
        >
          <FieldTimeInput collection={collection} />
        </Form.Item>
      )}
      {mode !== undefined && (
        <>
          <Form.Item
            name={named('repeat')}
            label={t('Repeat mode')}
            rules={[
              {
                validator: async (_, value: unknown) => {
                  const problem = repeatProblem(value, t);
                  if (problem) throw new Error(problem);
                },
              },
            ]}
          >
            <RepeatInput />
          </Form.Item>
          <RepeatLimits isByField={isByField} collection={collection} zone={zone} />
          <Form.Item
            name={named('timezone')}
            label={t('Time zone')}
            tooltip={hint(t('Rules cron expressions and times without an offset. Without one, the zone of the server.'))}
          >
            <Select
              allowClear
              showSearch
              placeholder={t('Zone of the server (yours is {{zone}})', { zone: browserZone() })}
              options={timeZones().map((name) => ({ value: name, label: name }))}
            />
          </Form.Item>
          <MissedField />
          {isByField && <AppendsField name={['appends']} />}
        </>
      )}
      {mode === SCHEDULE_MODE.STATIC && <SchedulePreview />}
    </>
  );
}

function RepeatLimits({ isByField, collection, zone }: { isByField: boolean; collection?: string; zone?: string }) {
  const t = useT();
  const repeat = useConfig<unknown>('repeat');
  if (repeat === null || repeat === undefined || repeat === '') return null;
  return (
    <>
      <Form.Item name={named('endsOn')} label={t('Ends on')}>
        {isByField ? <EndInput collection={collection} zone={zone} /> : <TimeInput zone={zone} placeholder={t('No end')} />}
      </Form.Item>
      <Form.Item
        name={named('limit')}
        label={t('Repeat limit')}
        tooltip={hint(t('How many executions the workflow may have, over all versions.'))}
      >
        <InputNumber min={0} precision={0} placeholder={t('No limit')} style={{ width: '100%' }} />
      </Form.Item>
    </>
  );
}
