import type { SavedNode } from '../../../document/savePayload';
import type { CollectionDefinition } from './types';

type Field = Record<string, unknown>;

const shown = (title: string, component: string, more: Field = {}) => ({ title, 'x-component': component, ...more });

export const textField = (name: string, title: string): Field => ({
  name,
  type: 'string',
  interface: 'input',
  uiSchema: shown(title, 'Input', { type: 'string' }),
});

const numberField = (type: string, kind: string, step: string) => (name: string, title: string): Field => ({
  name,
  type,
  interface: kind,
  uiSchema: shown(title, 'InputNumber', { type: 'number', 'x-component-props': { stringMode: true, step } }),
});

export const integerField = numberField('bigInt', 'integer', '1');
export const decimalField = numberField('double', 'number', '0.01');

/** @param choices titles by value */
export const selectField = (name: string, title: string, choices: Record<string, string>): Field => ({
  name,
  type: 'string',
  interface: 'select',
  uiSchema: shown(title, 'Select', {
    type: 'string',
    enum: Object.entries(choices).map(([value, label]) => ({ value, label })),
  }),
});

export const manyToOneField = (name: string, title: string, target: string, label: string): Field => ({
  name,
  type: 'belongsTo',
  interface: 'm2o',
  target,
  foreignKey: `${name}Id`,
  targetKey: 'id',
  onDelete: 'SET NULL',
  uiSchema: shown(title, 'AssociationField', { 'x-component-props': { fieldNames: { value: 'id', label } } }),
});

const ID_FIELD: Field = {
  name: 'id',
  type: 'bigInt',
  interface: 'integer',
  autoIncrement: true,
  primaryKey: true,
  allowNull: false,
  uiSchema: shown('ID', 'InputNumber', { type: 'number', 'x-read-pretty': true }),
};

const dateField = (name: string, title: string): Field => ({
  name,
  type: 'date',
  interface: name,
  field: name,
  uiSchema: shown(title, 'DatePicker', { type: 'datetime', 'x-component-props': {}, 'x-read-pretty': true }),
});

const userField = (name: string, title: string): Field => ({
  name,
  type: 'belongsTo',
  interface: name,
  target: 'users',
  foreignKey: `${name}Id`,
  uiSchema: shown(title, 'AssociationField', {
    type: 'object',
    'x-component-props': { fieldNames: { value: 'id', label: 'nickname' } },
    'x-read-pretty': true,
  }),
});

/** A general collection with id, dates and authors, as the host's own dialog makes it. */
export const collectionDefinition = (name: string, title: string, titleField: string, fields: Field[]): CollectionDefinition => ({
  name,
  title,
  titleField,
  template: 'general',
  autoGenId: false,
  createdAt: true,
  createdBy: true,
  updatedAt: true,
  updatedBy: true,
  fields: [
    ID_FIELD,
    ...fields,
    dateField('createdAt', '{{t("Created at")}}'),
    userField('createdBy', '{{t("Created by")}}'),
    dateField('updatedAt', '{{t("Last updated at")}}'),
    userField('updatedBy', '{{t("Last updated by")}}'),
  ],
});

/** The value of the basic condition `left <calculator> right`. */
export const comparison = (left: unknown, calculator: string, right: unknown) => ({
  group: { type: 'and', calculations: [{ calculator, operands: [left, right] }] },
});

/** Sets values of the record that triggered the workflow. */
export const updateTriggerRecord = (collection: string, values: Record<string, unknown>) => ({
  collection,
  params: { individualHooks: true, filter: { id: '{{$context.data.id}}' }, values },
});

interface Step {
  key: string;
  type: string;
  title: string;
  config: Record<string, unknown>;
  /** steps of its branches, by branch index */
  branches?: Record<number, readonly Step[]>;
}

/** Chains of steps as nodes that know their neighbours. */
export function chain(steps: readonly Step[], upstream: string | null = null, branch: number | null = null): SavedNode[] {
  return steps.flatMap(({ branches = {}, ...step }, index) => [
    {
      ...step,
      upstream: index === 0 ? upstream : steps[index - 1]!.key,
      branch: index === 0 ? branch : null,
      downstream: steps[index + 1]?.key ?? null,
    },
    ...Object.entries(branches).flatMap(([at, inside]) => chain(inside, step.key, Number(at))),
  ]);
}
