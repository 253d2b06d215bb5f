import { DatePicker, Form } from 'antd';
import dayjs from 'dayjs';
import { SCHEDULE_MODE } from '../../../common/constants';
import { useT } from '../../port/HostPort';
import { useFormScope } from '../context';
import { ExecuteRecord } from './ExecuteRecord';

/** `{ date?, data? }` */
export default function ScheduleExecuteForm() {
  const t = useT();
  const mode = useFormScope()?.document?.trigger.config.mode;
  return (
    <>
      {mode === SCHEDULE_MODE.DATE_FIELD && <ExecuteRecord />}
      <Form.Item
        name="date"
        label={t('Trigger time')}
        getValueProps={(value?: string) => ({ value: value ? dayjs(value) : null })}
        normalize={(value: dayjs.Dayjs | null) => value?.toISOString()}
      >
        <DatePicker showTime placeholder={t('Now')} style={{ width: '100%' }} />
      </Form.Item>
    </>
  );
}
