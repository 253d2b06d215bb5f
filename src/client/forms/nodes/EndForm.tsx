import { Form } from 'antd';
import { JOB_STATUS } from '../../../common/status';
import { useT } from '../../port/HostPort';
import { RadioWithTooltip } from '../inputs/optionGroups';
import { named } from '../shared/useConfig';

/** `{ endStatus: 1 | -1 }` */
export default function EndForm() {
  const t = useT();
  return (
    <Form.Item
      name={named('endStatus')}
      label={t('End status')}
      getValueProps={(value?: number) => ({ value: value ?? JOB_STATUS.RESOLVED })}
    >
      <RadioWithTooltip
        options={[
          { value: JOB_STATUS.RESOLVED, label: t('Succeeded') },
          {
            value: JOB_STATUS.FAILED,
            label: t('Failed'),
            tooltip: t('A synchronous workflow answers the request with an error then.'),
          },
        ]}
      />
    </Form.Item>
  );
}
