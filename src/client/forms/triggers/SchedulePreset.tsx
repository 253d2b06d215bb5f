import { Form } from 'antd';
import { SCHEDULE_MODE } from '../../../common/constants';
import { useT } from '../../port/HostPort';
import { RadioWithTooltip } from '../inputs/optionGroups';
import { CollectionField } from '../shared/CollectionField';
import { named, useConfig } from '../shared/useConfig';

/** Settings that mean something else, or nothing, in the other mode. */
const OF_MODE = ['startsOn', 'endsOn', 'collection', 'appends'];

interface ScheduleModeProps {
  locked?: boolean;
}

/** `mode`: times of its own, or times that records carry. */
export function ScheduleMode({ locked }: ScheduleModeProps) {
  const t = useT();
  const form = Form.useFormInstance();
  return (
    <Form.Item name={named('mode')} label={t('Trigger mode')} rules={[{ required: true, message: t('Choose a mode') }]}>
      <RadioWithTooltip
        disabled={locked || undefined}
        options={[
          { value: SCHEDULE_MODE.STATIC, label: t('Based on certain date'), tooltip: t('At a time that you set, once or again and again.') },
          {
            value: SCHEDULE_MODE.DATE_FIELD,
            label: t('Based on date field of collection'),
            tooltip: t('For each record at the time that one of its fields holds, or some time before or after.'),
          },
        ]}
        onChange={(mode) => {
          for (const name of OF_MODE) form.setFieldValue(named(name), undefined);
          form.setFieldValue(named('mode'), mode);
        }}
      />
    </Form.Item>
  );
}

/** Asked when a scheduled workflow is created: `{ mode, collection? }`. */
export default function SchedulePreset() {
  const mode = useConfig<number>('mode');
  return (
    <>
      <ScheduleMode />
      {mode === SCHEDULE_MODE.DATE_FIELD && <CollectionField />}
    </>
  );
}
