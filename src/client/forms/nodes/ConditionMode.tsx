import { Form } from 'antd';
import { useT } from '../../port/HostPort';
import { RadioWithTooltip } from '../inputs/optionGroups';
import { named } from '../shared/useConfig';
import { hint } from '../shared/hint';

/** `rejectOnFalse`. Locked where branches may exist already that would have no place otherwise. */
export function ConditionMode({ locked }: { locked?: boolean }) {
  const t = useT();
  return (
    <Form.Item
      name={named('rejectOnFalse')}
      label={t('Mode')}
      tooltip={hint(locked ? t('Chosen when the node was added; it decides whether the node has branches.') : undefined)}
      rules={[{ required: true, message: t('Choose what happens when the condition is not met') }]}
    >
      <RadioWithTooltip
        disabled={locked || undefined}
        options={[
          { value: true, label: t('Continue when "Yes"'), tooltip: t('When the condition is not met, the workflow ends as failed.') },
          { value: false, label: t('Branch into "Yes" and "No"'), tooltip: t('After the branch, the workflow goes on below the node.') },
        ]}
      />
    </Form.Item>
  );
}
