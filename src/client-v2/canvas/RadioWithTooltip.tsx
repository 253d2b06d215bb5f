import { Checkbox, Radio, Space, Tooltip } from 'antd';
import { useCompiledText } from '../host/translation';

export type OptionValue = string | number | boolean;

export interface RadioWithTooltipOption {
  value: OptionValue;
  label: string;
  tooltip?: string;
}

export type CheckboxGroupWithTooltipOption = RadioWithTooltipOption;

interface OptionGroupProps<Value> {
  options?: RadioWithTooltipOption[];
  direction?: 'horizontal' | 'vertical';
  value?: Value;
  onChange?(value: Value): void;
  disabled?: boolean;
}

function OptionLabel({ label, tooltip }: RadioWithTooltipOption) {
  const compile = useCompiledText();
  const text = <span>{compile(label)}</span>;
  return tooltip ? <Tooltip title={compile(tooltip)}>{text}</Tooltip> : text;
}

/** Radio buttons whose labels may explain themselves. */
export function RadioWithTooltip({
  options = [],
  direction = 'vertical',
  value,
  onChange,
  disabled,
}: OptionGroupProps<OptionValue>) {
  return (
    <Radio.Group value={value} disabled={disabled} onChange={(event) => onChange?.(event.target.value)}>
      <Space direction={direction}>
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
  direction = 'vertical',
  value,
  onChange,
  disabled,
}: OptionGroupProps<OptionValue[]>) {
  return (
    <Checkbox.Group value={value} disabled={disabled} onChange={onChange}>
      <Space direction={direction}>
        {options.map((option) => (
          <Checkbox key={String(option.value)} value={option.value}>
            <OptionLabel {...option} />
          </Checkbox>
        ))}
      </Space>
    </Checkbox.Group>
  );
}
