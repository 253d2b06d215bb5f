import { tExpr } from '../host/translation';
import type { UseVariableOptions, VariableOption } from '../registry/types';

export const defaultFieldNames = { label: 'label', value: 'value', children: 'children' } as const;

/** Field interfaces by the data type of their values. */
export const BaseTypeSets = {
  boolean: new Set(['checkbox']),
  number: new Set(['integer', 'number', 'percent', 'snowflakeId']),
  string: new Set([
    'input', 'password', 'email', 'phone', 'select', 'radioGroup', 'text', 'markdown', 'richText', 'expression', 'time',
    'uuid', 'nanoid', 'url', 'color', 'icon',
  ]),
  date: new Set(['date', 'createdAt', 'updatedAt', 'datetime', 'datetimeNoTz', 'dateOnly', 'unixTimestamp']),
};

export const WORKFLOW_TYPED_CONSTANT_TYPES = ['string', 'number', 'boolean', 'date', 'object'];

const NO_OPTIONS: VariableOption[] = [];

/** Variables that the current node can use. This version has no picker; they are written as text. */
export const useWorkflowVariableOptions = (_options?: UseVariableOptions, _preset?: VariableOption[]) => NO_OPTIONS;

const group = (label: string, value: string) => ({ label: tExpr(label), value, useOptions: () => NO_OPTIONS });

export const scopeOptions = group('Scope variables', '$scopes');
export const nodesOptions = group('Node result', '$jobsMapByNodeKey');
export const triggerOptions = group('Trigger variables', '$context');
export const systemOptions = group('System variables', '$system');
