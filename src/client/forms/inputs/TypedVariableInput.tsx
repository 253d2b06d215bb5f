import { Select } from 'antd';
import { useState } from 'react';
import { useT } from '../../port/HostPort';
import { Secondary } from '../../ui/Secondary';
import { useTypeLabels } from '../variables/typeLabels';
import { variablePath } from '../variables/template';
import type { VariableOptions } from '../variables/useTree';
import { ConstantInput, constantTypeOf, type ConstantType } from './ConstantInput';
import { VariableOr } from './VariableOr';

export const WORKFLOW_TYPED_CONSTANT_TYPES = ['string', 'number', 'boolean', 'date', 'object'] as const;

/** A type, or a type with properties of its antd input: `['number', { min: 1 }]`. */
export type TypedConstant = ConstantType | readonly [ConstantType, Record<string, unknown>?];

export interface WorkflowTypedVariableInputProps {
  value?: unknown;
  onChange?(value: unknown): void;
  /** types of constants; none = a variable only. @default all */
  types?: readonly TypedConstant[] | null;
  /** whether null can be chosen. @default true */
  nullable?: boolean;
  placeholder?: string;
  disabled?: boolean;
  id?: string;
  status?: '' | 'error' | 'warning';
  variableOptions?: VariableOptions;
  withDateRanges?: boolean;
  'aria-label'?: string;
}

const NOTHING = 'null';

const EMPTY: Record<ConstantType, unknown> = { string: '', number: 0, boolean: false, date: null, object: {} };

/** A constant of a chosen type, or a variable. */
export function WorkflowTypedVariableInput(props: WorkflowTypedVariableInputProps) {
  const { value, onChange, types = WORKFLOW_TYPED_CONSTANT_TYPES, nullable = true, placeholder, disabled, id, status } = props;
  const t = useT();
  const labels = useTypeLabels();
  const [chosen, setChosen] = useState<ConstantType | typeof NOTHING | null>(null);
  const known = (types ?? WORKFLOW_TYPED_CONSTANT_TYPES).map((type) =>
    typeof type === 'string' ? { type, inputProps: undefined } : { type: type[0], inputProps: type[1] },
  );
  const isKnown = (type: ConstantType | null) => known.some((item) => item.type === type);
  const present = constantTypeOf(value);
  const ofValue = isKnown(present) ? present : present === 'date' && isKnown('string') ? 'string' : null;
  // An empty date or number is null as well: what was chosen last tells them apart.
  const keepsChoice = chosen && (value === null || value === undefined || value === '' || ofValue === 'string');
  const current = (keepsChoice ? chosen : ofValue) ?? (value === null && nullable && known.length > 1 ? NOTHING : known[0]?.type ?? null);
  const currentProps = known.find(({ type }) => type === current)?.inputProps;
  const canSwitch = known.length + (nullable ? 1 : 0) > 1 && known.length > 1;
  return (
    <VariableOr
      id={id}
      value={value}
      onChange={onChange}
      disabled={disabled}
      status={status}
      variableOptions={props.variableOptions}
      withDateRanges={props.withDateRanges}
      clearValue={known.length ? (nullable ? null : EMPTY[known[0]!.type]) : null}
      prefix={
        canSwitch && !variablePath(value) ? (
          <Select<ConstantType | typeof NOTHING>
            aria-label={t('Type of the value')}
            disabled={disabled}
            value={current ?? undefined}
            popupMatchSelectWidth={false}
            style={{ width: 100, flex: 'none' }}
            options={[
              ...known.map(({ type }) => ({ value: type, label: labels[type] })),
              ...(nullable ? [{ value: NOTHING as typeof NOTHING, label: t('Nothing') }] : []),
            ]}
            onChange={(type) => {
              setChosen(type);
              onChange?.(type === NOTHING ? null : EMPTY[type]);
            }}
          />
        ) : undefined
      }
    >
      {current === null ? (
        <Secondary>{placeholder ?? t('Choose a variable')}</Secondary>
      ) : current === NOTHING ? (
        <ConstantInput type="string" value="" disabled placeholder={t('Nothing')} id={id} aria-label={props['aria-label']} />
      ) : (
        <ConstantInput
          type={current}
          value={value}
          onChange={onChange}
          disabled={disabled}
          placeholder={placeholder}
          id={id}
          status={status}
          inputProps={currentProps}
          aria-label={props['aria-label']}
        />
      )}
    </VariableOr>
  );
}
