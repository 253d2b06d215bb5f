/** Field and collection definitions as the host's collection manager stores them. */

const titled = (title, component, props = {}) => ({ title, 'x-component': component, ...props });

export const textField = (name, title) => ({
  name,
  type: 'string',
  interface: 'input',
  uiSchema: titled(title, 'Input', { type: 'string' }),
});

export const integerField = (name, title) => ({
  name,
  type: 'bigInt',
  interface: 'integer',
  uiSchema: titled(title, 'InputNumber', { type: 'number', 'x-component-props': { stringMode: true, step: '1' } }),
});

export const decimalField = (name, title) => ({
  name,
  type: 'double',
  interface: 'number',
  uiSchema: titled(title, 'InputNumber', { type: 'number', 'x-component-props': { stringMode: true, step: '0.01' } }),
});

/** @param {Record<string, string>} options value → label */
export const selectField = (name, title, options) => ({
  name,
  type: 'string',
  interface: 'select',
  uiSchema: titled(title, 'Select', {
    type: 'string',
    enum: Object.entries(options).map(([value, label]) => ({ value, label })),
  }),
});

export const manyToOneField = (name, title, target, labelField) => ({
  name,
  type: 'belongsTo',
  interface: 'm2o',
  target,
  foreignKey: `${name}Id`,
  targetKey: 'id',
  onDelete: 'SET NULL',
  uiSchema: titled(title, 'AssociationField', {
    'x-component-props': { fieldNames: { value: 'id', label: labelField } },
  }),
});

const idField = {
  name: 'id',
  type: 'bigInt',
  interface: 'integer',
  autoIncrement: true,
  primaryKey: true,
  allowNull: false,
  uiSchema: titled('ID', 'InputNumber', { type: 'number', 'x-read-pretty': true }),
};

const dateField = (name, title) => ({
  name,
  type: 'date',
  interface: name,
  field: name,
  uiSchema: titled(title, 'DatePicker', { type: 'datetime', 'x-component-props': {}, 'x-read-pretty': true }),
});

const userField = (name, title) => ({
  name,
  type: 'belongsTo',
  interface: name,
  target: 'users',
  foreignKey: `${name}Id`,
  uiSchema: titled(title, 'AssociationField', {
    type: 'object',
    'x-component-props': { fieldNames: { value: 'id', label: 'nickname' } },
    'x-read-pretty': true,
  }),
});

/** A general collection with id, dates and authors. */
export const collection = (name, title, titleField, fields) => ({
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
    idField,
    ...fields,
    dateField('createdAt', '{{t("Created at")}}'),
    userField('createdBy', '{{t("Created by")}}'),
    dateField('updatedAt', '{{t("Last updated at")}}'),
    userField('updatedBy', '{{t("Last updated by")}}'),
  ],
});

/** The value of the basic condition `left <calculator> right`. */
export const comparison = (left, calculator, right) => ({
  group: { type: 'and', calculations: [{ calculator, operands: [left, right] }] },
});
