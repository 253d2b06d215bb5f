import { Space } from 'antd';
import type { ReactNode } from 'react';
import { useT } from '../../port/HostPort';
import { useFormScope } from '../context';
import { VariablePicker } from '../picker/VariablePicker';
import type { MetaTreeNode } from '../variables/convert';
import { templateOf, variablePath } from '../variables/template';
import { useInputTree, type VariableOptions } from '../variables/useTree';
import { VariablePill } from './VariableTag';

interface VariableOrProps {
  value?: unknown;
  onChange?(value: unknown): void;
  /** editor of a constant */
  children: ReactNode;
  /** what takes the place of a removed variable */
  clearValue?: unknown;
  variableOptions?: VariableOptions;
  metaTree?: readonly MetaTreeNode[];
  withDateRanges?: boolean;
  disabled?: boolean;
  id?: string;
  status?: '' | 'error' | 'warning';
  /** in front of the editor, e.g. a choice of types */
  prefix?: ReactNode;
}

/** A constant with its editor, or a variable; the button beside it chooses the variable. */
export function VariableOr(props: VariableOrProps) {
  const { value, onChange, children, clearValue = null, variableOptions, metaTree, withDateRanges, disabled, id, status, prefix } = props;
  const t = useT();
  const scope = useFormScope();
  const { offered, all } = useInputTree(variableOptions, metaTree, withDateRanges);
  const hasTree = Boolean(metaTree) || Array.isArray(variableOptions);
  const isDisabled = disabled ?? scope?.readOnly;
  const path = variablePath(value);
  const isPlain = !hasTree && (scope === null || scope.hideVariables);
  if (isPlain && !path && !prefix) return <>{children}</>;
  return (
    <Space.Compact block>
      {!path && prefix}
      {path ? (
        <VariablePill id={id} path={path} all={all} status={status} disabled={isDisabled} onClear={() => onChange?.(clearValue)} />
      ) : (
        <div style={{ flex: 1, minWidth: 0 }}>{children}</div>
      )}
      {!isPlain && (
        <VariablePicker
          tree={offered}
          disabled={isDisabled}
          label={t('Choose a variable')}
          onSelect={(node) => onChange?.(templateOf(node.path))}
          style={{ height: 'auto', marginInlineStart: -1 }}
        />
      )}
    </Space.Compact>
  );
}

export interface WorkflowVariableWrapperProps {
  value?: unknown;
  onChange?(value: unknown): void;
  variableOptions?: VariableOptions;
  metaTree?: readonly MetaTreeNode[];
  render(props: { value: unknown; onChange(value: unknown): void }): ReactNode;
  clearValue?: unknown;
  disabled?: boolean;
  id?: string;
  /** of older forms: a variable may be removed. It always may. */
  nullable?: boolean;
  changeOnSelect?: boolean;
  selectorProps?: Record<string, unknown>;
}

/** Any editor of constants, or a variable. Where variables are hidden, only the editor. */
export function WorkflowVariableWrapper({ value, onChange, render, ...props }: WorkflowVariableWrapperProps) {
  return (
    <VariableOr {...props} value={value} onChange={onChange}>
      {render({ value, onChange: (next) => onChange?.(next) })}
    </VariableOr>
  );
}
