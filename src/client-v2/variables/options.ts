import { tExpr } from '../host/translation';
import type { UseVariableOptions, VariableOption } from '../registry/types';
import { useVariableCascaderOptions } from './useWorkflowVariableOptions';

export { BaseTypeSets, defaultFieldNames } from './typeSets';
export { WORKFLOW_TYPED_CONSTANT_TYPES } from '../../client/forms/inputs';

/** One group of variables; its options are those of the node at hand. */
const group = (label: string, name: string) => ({
  label: tExpr(label),
  value: name,
  useOptions: (options?: UseVariableOptions): VariableOption[] => {
    const names = options?.fieldNames;
    const groups = useVariableCascaderOptions(options);
    const own = groups.find((option) => option[names?.value ?? 'value'] === name);
    return (own?.[names?.children ?? 'children'] as VariableOption[] | undefined) ?? [];
  },
});

export const scopeOptions = group('Scope variables', '$scopes');
export const nodesOptions = group('Node result', '$jobsMapByNodeKey');
export const triggerOptions = group('Trigger variables', '$context');
export const systemOptions = group('System variables', '$system');
