import { defineCollection } from '@nocobase/database';

export default defineCollection({
  name: 'flow_nodes',
  shared: true,
  dataCategory: 'system',
  dumpRules: 'required',
  migrationRules: ['overwrite', 'schema-only'],
  fields: [
    {
      name: 'id',
      type: 'snowflakeId',
      primaryKey: true,
      allowNull: false,
      interface: 'id',
      uiSchema: { type: 'number', title: 'ID', 'x-component': 'Input' },
    },
    { name: 'key', type: 'uid' },
    {
      name: 'title',
      type: 'string',
      interface: 'input',
      uiSchema: { type: 'string', title: '{{t("Name")}}', 'x-component': 'Input' },
    },
    { name: 'workflow', type: 'belongsTo', foreignKey: 'workflowId' },
    { name: 'upstream', type: 'belongsTo', target: 'flow_nodes' },
    { name: 'branches', type: 'hasMany', target: 'flow_nodes', sourceKey: 'id', foreignKey: 'upstreamId' },
    // null: on the chain of its upstream; a number: head of that branch of its upstream
    { name: 'branchIndex', type: 'integer' },
    { name: 'downstream', type: 'belongsTo', target: 'flow_nodes' },
    { name: 'type', type: 'string' },
    { name: 'config', type: 'json', defaultValue: {} },
  ],
});
