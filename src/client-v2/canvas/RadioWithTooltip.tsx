import { Checkbox, Radio, Space, Tooltip, type RadioChangeEvent } from 'antd';
import type { OptionValue, RadioWithTooltipOption } from '../../client/forms/inputs';
import { useFormScope } from '../../client/forms/context';
import { usePort } from '../../client/port/HostPort';

export type { CheckboxGroupWithTooltipOption, RadioWithTooltipOption } from '../../client/forms/inputs';

interface OptionGroupProps<Value, Change> {
  options?: readonly RadioWithTooltipOption[];
  direction?: 'horizontal' | 'vertical';
  value?: Value;
  onChange?(change: Change): void;
  disabled?: boolean;
  id?: string;
}

function OptionLabel({ label, tooltip }: RadioWithTooltipOption) {
  const { compile } = usePort();
  const text = <span>{compile(label)}</span>;
  return tooltip ? <Tooltip title={compile(tooltip)}>{text}</Tooltip> : text;
}

/**
 * Radio buttons whose labels may explain themselves. Unlike the one for our own forms it passes antd's event on:
 * extensions read `event.target.value`, and forms of either kind take it as well.
 */
export function RadioWithTooltip({
  options = [],
  direction = 'horizontal',
  disabled,
  ...props
}: OptionGroupProps<OptionValue, RadioChangeEvent>) {
  const readOnly = useFormScope()?.readOnly;
  return (
    <Radio.Group {...props} disabled={disabled ?? readOnly}>
      <Space direction={direction} wrap>
        {options.map((option) => (
          <Radio key={String(option.value)} value={option.value}>
            <OptionLabel {...option} />
          </Radio>
        ))}
      </Space>
    </Radio.Group>
  );
}

/** Checkboxes whose labels may explain themselves. */
export function CheckboxGroupWithTooltip({
  options = [],
  direction = 'horizontal',
  disabled,
  ...props
}: OptionGroupProps<OptionValue[], OptionValue[]>) {
  const readOnly = useFormScope()?.readOnly;
  return (
    <Checkbox.Group {...props} disabled={disabled ?? readOnly}>
      <Space direction={direction} wrap>
        {options.map((option) => (
          <Checkbox key={String(option.value)} value={option.value}>
            <OptionLabel {...option} />
          </Checkbox>
        ))}
      </Space>
    </Checkbox.Group>
  );
}
