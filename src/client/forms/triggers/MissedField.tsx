import { Form, InputNumber } from 'antd';
import { useT } from '../../port/HostPort';
import { RadioWithTooltip } from '../inputs/optionGroups';
import { named, useConfig } from '../shared/useConfig';
import { hint } from '../shared/hint';

/** `missed: { policy, max? }`: what happens with what came due while no server was up. */
export function MissedField() {
  const t = useT();
  const policy = useConfig<string>('missed', 'policy');
  return (
    <>
      <Form.Item
        name={named('missed', 'policy')}
        label={t('Missed runs')}
        tooltip={hint(t('What happens with what came due while no server was up.'))}
        getValueProps={(value?: string) => ({ value: value ?? 'skip' })}
      >
        <RadioWithTooltip
          options={[
            { value: 'skip', label: t('Skip them') },
            { value: 'once', label: t('Make up for the latest one') },
            { value: 'all', label: t('Make up for all, up to a maximum') },
          ]}
        />
      </Form.Item>
      {policy === 'all' && (
        <Form.Item name={named('missed', 'max')} label={t('At most')}>
          <InputNumber min={1} max={1000} precision={0} placeholder="100" />
        </Form.Item>
      )}
    </>
  );
}
