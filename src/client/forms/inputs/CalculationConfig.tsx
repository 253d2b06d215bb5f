import { Select } from 'antd';
import { useT } from '../../port/HostPort';
import { useFormScope } from '../context';
import type { MetaTreeNode, VariableOption } from '../variables/convert';
import { ConditionRow, GroupFrame } from './conditionRows';
import { WorkflowTypedVariableInput } from './TypedVariableInput';

/** A comparison of two values. */
export interface Comparison {
  calculator?: string;
  operands?: unknown[];
}

export interface CalculationGroup {
  group: { type: 'and' | 'or'; calculations?: (Comparison | CalculationGroup | null)[] };
}

type Calculation = Comparison | CalculationGroup;

export interface CalculationConfigProps {
  value?: Calculation | null;
  onChange?(value: CalculationGroup): void;
  /** hook that gives the variables. @default those of the form around it */
  useVariableHook?(): readonly (MetaTreeNode | VariableOption)[] | undefined;
  disabled?: boolean;
}

const isGroup = (item: Calculation | null | undefined): item is CalculationGroup => Boolean(item && 'group' in item && item.group);

/** The outermost value is always a group; older configs may hold a bare comparison. */
function asGroup(value: Calculation | null | undefined): CalculationGroup {
  if (isGroup(value)) return value;
  return { group: { type: 'and', calculations: value && 'calculator' in value ? [value] : [] } };
}

const useFormVariables = (): readonly VariableOption[] | undefined => undefined;

/** Conditions that compare values, joined by and/or in groups of any depth. */
export function CalculationConfig({ value, onChange, useVariableHook = useFormVariables, disabled }: CalculationConfigProps) {
  const readOnly = useFormScope()?.readOnly;
  const variables = useVariableHook();
  return <Group value={asGroup(value)} onChange={(next) => onChange?.(next)} variables={variables} disabled={disabled ?? readOnly} />;
}

interface PartProps<T> {
  value: T;
  onChange(value: T): void;
  onRemove?(): void;
  variables?: readonly (MetaTreeNode | VariableOption)[];
  disabled?: boolean;
}

function Group({ value, onChange, onRemove, ...shared }: PartProps<CalculationGroup>) {
  const { type } = value.group;
  const calculations = (value.group.calculations ?? []).filter((item) => item !== null);
  const set = (next: Calculation[]) => onChange({ group: { type, calculations: next } });
  return (
    <GroupFrame
      isAny={type === 'or'}
      disabled={shared.disabled}
      isEmpty={!calculations.length}
      onRemove={onRemove}
      onAnyChange={(isAny) => onChange({ group: { type: isAny ? 'or' : 'and', calculations } })}
      onAddCondition={() => set([...calculations, { calculator: 'equal', operands: ['', ''] }])}
      onAddGroup={() => set([...calculations, { group: { type: 'and', calculations: [{ calculator: 'equal', operands: ['', ''] }] } }])}
    >
      {calculations.map((item, at) => {
        const props = {
          ...shared,
          onChange: (next: Calculation) => set(calculations.map((old, index) => (index === at ? next : old))),
          onRemove: () => set(calculations.filter((_, index) => index !== at)),
        };
        return isGroup(item) ? <Group key={at} value={item} {...props} /> : <ComparisonRow key={at} value={item} {...props} />;
      })}
    </GroupFrame>
  );
}

/** Names that older configs use for the same comparisons. */
const ALIASES: Record<string, string> = { '==': 'equal', '!=': 'notEqual', '>': 'gt', '>=': 'gte', '<': 'lt', '<=': 'lte' };

function useCalculatorOptions() {
  const t = useT();
  return [
    { value: 'equal', label: t('equals') },
    { value: 'notEqual', label: t('is not equal to') },
    { value: 'gt', label: t('is greater than') },
    { value: 'gte', label: t('is at least') },
    { value: 'lt', label: t('is less than') },
    { value: 'lte', label: t('is at most') },
    { value: 'includes', label: t('contains') },
    { value: 'notIncludes', label: t('does not contain') },
    { value: 'startsWith', label: t('starts with') },
    { value: 'notStartsWith', label: t('does not start with') },
    { value: 'endsWith', label: t('ends with') },
    { value: 'notEndsWith', label: t('does not end with') },
  ];
}

function ComparisonRow({ value, onChange, onRemove, variables, disabled }: PartProps<Comparison>) {
  const t = useT();
  const options = useCalculatorOptions();
  const operands = value.operands ?? [];
  const operand = (at: number, label: string) => (
    <WorkflowTypedVariableInput
      aria-label={label}
      value={operands[at]}
      disabled={disabled}
      variableOptions={variables}
      onChange={(next) => onChange({ ...value, operands: at ? [operands[0], next] : [next, operands[1]] })}
    />
  );
  const calculator = value.calculator && (ALIASES[value.calculator] ?? value.calculator);
  return (
    <ConditionRow
      disabled={disabled}
      onRemove={() => onRemove?.()}
      left={operand(0, t('Left value'))}
      operator={
        <Select
          aria-label={t('Comparison')}
          style={{ width: '100%' }}
          popupMatchSelectWidth={false}
          disabled={disabled}
          value={calculator}
          options={options}
          onChange={(next: string) => onChange({ ...value, calculator: next })}
        />
      }
      right={operand(1, t('Right value'))}
    />
  );
}
