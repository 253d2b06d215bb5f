import { QuestionCircleOutlined } from '@ant-design/icons';
import { Checkbox, Radio, Space, Tooltip, theme } from 'antd';
import { useRef } from 'react';
import { usePort } from '../../port/HostPort';
import { useFormScope } from '../context';
import { useLabelledBy } from '../editor/useLabelledBy';

export type OptionValue = string | number | boolean;

export interface RadioWithTooltipOption {
  value: OptionValue;
  /** text, or a `{{t()}}` template */
  label: string;
  tooltip?: string;
}

export type CheckboxGroupWithTooltipOption = RadioWithTooltipOption;

interface GroupProps<Value> {
  options?: readonly RadioWithTooltipOption[];
  direction?: 'horizontal' | 'vertical';
  value?: Value;
  onChange?(value: Value): void;
  disabled?: boolean;
  id?: string;
  'aria-label'?: string;
  'aria-required'?: boolean | 'true' | 'false';
}

function OptionLabel({ label, tooltip }: RadioWithTooltipOption) {
  const { compile } = usePort();
  const { token } = theme.useToken();
  return (
    <>
      {compile(label)}
      {tooltip ? (
        <Tooltip title={compile(tooltip)}>
          <QuestionCircleOutlined aria-hidden style={{ marginInlineStart: token.marginXS, color: token.colorTextSecondary }} />
        </Tooltip>
      ) : null}
    </>
  );
}

/** Radio buttons whose labels may explain themselves. */
export function RadioWithTooltip({ options = [], direction = 'vertical', value, onChange, disabled, ...props }: GroupProps<OptionValue>) {
  const { compile } = usePort();
  const readOnly = useFormScope()?.readOnly;
  const root = useRef<HTMLDivElement>(null);
  useLabelledBy(root, props.id);
  return (
    <div {...props} ref={root} role="radiogroup">
      <Radio.Group value={value} disabled={disabled ?? readOnly} onChange={(event) => onChange?.(event.target.value as OptionValue)}>
        <Space direction={direction}>
          {options.map((option) => (
            <Radio key={String(option.value)} value={option.value} title={option.tooltip && compile(option.tooltip)}>
              <OptionLabel {...option} />
            </Radio>
          ))}
        </Space>
      </Radio.Group>
    </div>
  );
}

/** Checkboxes whose labels may explain themselves. */
export function CheckboxGroupWithTooltip(all: GroupProps<OptionValue[]>) {
  // Groups of checkboxes have no such attribute.
  const { options = [], direction = 'vertical', value, onChange, disabled, 'aria-required': _, ...props } = all;
  const readOnly = useFormScope()?.readOnly;
  const root = useRef<HTMLDivElement>(null);
  useLabelledBy(root, props.id);
  return (
    <div {...props} ref={root} role="group">
      <Checkbox.Group value={value} disabled={disabled ?? readOnly} onChange={(values) => onChange?.(values)}>
        <Space direction={direction}>
          {options.map((option) => (
            <Checkbox key={String(option.value)} value={option.value}>
              <OptionLabel {...option} />
            </Checkbox>
          ))}
        </Space>
      </Checkbox.Group>
    </div>
  );
}
