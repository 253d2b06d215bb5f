import { defineCollection } from '@nocobase/database';

export default defineCollection({
  name: 'executions',
  shared: true,
  dataCategory: 'business',
  dumpRules: { group: 'log' },
  migrationRules: ['schema-only'],
  fields: [
    {
      name: 'id',
      type: 'snowflakeId',
      primaryKey: true,
      allowNull: false,
      interface: 'id',
      uiSchema: { type: 'number', title: 'ID', 'x-component': 'Input' },
    },
    {
      name: 'workflowId',
      type: 'bigInt',
      interface: 'id',
      uiSchema: {
        type: 'number',
        title: '{{t("Version", { ns: "workflow" })}}',
        'x-component': 'InputNumber',
      },
    },
    { name: 'workflow', type: 'belongsTo', foreignKey: 'workflowId' },
    { name: 'key', type: 'string' },
    { name: 'eventKey', type: 'string', unique: true },
    { name: 'jobs', type: 'hasMany', onDelete: 'CASCADE' },
    { name: 'context', type: 'json' },
    {
      name: 'status',
      type: 'integer',
      interface: 'select',
      uiSchema: {
        type: 'string',
        title: '{{t("Status", { ns: "workflow" })}}',
        'x-component': 'Select',
        'x-decorator': 'FormItem',
        enum: '{{ExecutionStatusOptions}}',
      },
    },
    {
      name: 'reason',
      type: 'string',
      interface: 'select',
      uiSchema: {
        type: 'string',
        title: '{{t("Reason", { ns: "workflow" })}}',
        'x-component': 'Select',
        'x-decorator': 'FormItem',
        enum: '{{ExecutionReasonOptions}}',
      },
    },
    { name: 'dispatched', type: 'boolean', defaultValue: false },
    { name: 'parentExecutionId', type: 'bigInt' },
    { name: 'stack', type: 'json' },
    { name: 'output', type: 'json' },
    { name: 'startedAt', type: 'date' },
    { name: 'expiresAt', type: 'date' },
    {
      name: 'createdAt',
      type: 'date',
      interface: 'createdAt',
      uiSchema: {
        type: 'datetime',
        title: '{{t("Triggered at", { ns: "workflow" })}}',
        'x-component': 'DatePicker',
        'x-component-props': {},
        'x-read-pretty': true,
      },
    },
    { name: 'manually', type: 'boolean' },
    // For lists: when it ended, what started it (trigger type, `manual`, `replay`), who, and about which record.
    { name: 'endedAt', type: 'date' },
    { name: 'source', type: 'string' },
    { name: 'userId', type: 'bigInt' },
    { name: 'recordKey', type: 'string' },
    // Bookkeeping of the engine: who runs the execution, until when, and how often it was taken over.
    { name: 'leaseOwner', type: 'string', hidden: true },
    // milliseconds of the database's clock
    { name: 'leaseUntil', type: 'bigInt', hidden: true },
    { name: 'epoch', type: 'integer', hidden: true },
    { name: 'attempts', type: 'integer', hidden: true },
    // milliseconds of the database's clock before which nobody may start it
    { name: 'heldUntil', type: 'bigInt', hidden: true },
    { name: 'cursor', type: 'json', hidden: true },
  ],
  indexes: [
    { fields: ['dispatched', 'id'] },
    { fields: ['status', 'expiresAt'] },
    { fields: ['parentExecutionId', 'status'] },
  ],
});
