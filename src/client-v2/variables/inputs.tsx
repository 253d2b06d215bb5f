import { Input, Tag } from 'antd';
import type { ReactNode } from 'react';

interface ValueProps<T = unknown> {
  value?: T;
  onChange?(value: T): void;
  disabled?: boolean;
  placeholder?: string;
  readOnly?: boolean;
  status?: 'error' | 'warning';
  rows?: number;
}

/** A line of text in which variables are written as `{{$context.data.title}}`. */
export function WorkflowVariableInput({ value, onChange, disabled, readOnly, placeholder, status }: ValueProps<string>) {
  return (
    <Input
      value={value ?? ''}
      disabled={disabled}
      readOnly={readOnly}
      placeholder={placeholder}
      status={status}
      onChange={(event) => onChange?.(event.target.value)}
    />
  );
}

/** Text with variables in several lines. */
export function WorkflowVariableTextArea({ value, onChange, disabled, placeholder, rows = 4 }: ValueProps<string>) {
  return (
    <Input.TextArea
      autoSize={{ minRows: rows }}
      value={value ?? ''}
      disabled={disabled}
      placeholder={placeholder}
      onChange={(event) => onChange?.(event.target.value)}
    />
  );
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value ?? null, null, 2));

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not complete yet; kept as text so that nothing typed gets lost.
    return text;
  }
}

/** JSON with variables. */
export function WorkflowVariableJsonTextArea({ value, onChange, ...props }: ValueProps) {
  return <WorkflowVariableTextArea {...props} value={asText(value)} onChange={(text) => onChange?.(asJson(text))} />;
}

/** A constant or a variable; numbers and booleans are recognised. */
export function WorkflowTypedVariableInput({ value, onChange, ...props }: ValueProps) {
  return (
    <WorkflowVariableInput
      {...props}
      value={value == null ? '' : asText(value)}
      onChange={(text) => onChange?.(/^(-?\d+(\.\d+)?|true|false)$/.test(text) ? JSON.parse(text) : text)}
    />
  );
}

/** Lends the editor of a constant. */
export function WorkflowVariableWrapper({
  value,
  onChange,
  render,
}: ValueProps & { render(props: Pick<ValueProps, 'value' | 'onChange'>): ReactNode }) {
  return <>{render({ value, onChange })}</>;
}

/** A variable that was chosen. */
export function WorkflowVariableTag({ value }: { value?: unknown }) {
  return <Tag color="blue">{asText(value)}</Tag>;
}
