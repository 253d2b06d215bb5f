import { defineCollection } from '@nocobase/database';

/** Numbers of tasks per user, workflow and task type. */
export default defineCollection({
  name: 'userWorkflowTaskStats',
  shared: true,
  dataCategory: 'business',
  dumpRules: { group: 'log' },
  migrationRules: ['schema-only'],
  fields: [
    { name: 'id', type: 'snowflakeId', primaryKey: true, allowNull: false },
    { name: 'userId', type: 'bigInt' },
    { name: 'user', type: 'belongsTo', foreignKey: 'userId' },
    { name: 'workflowKey', type: 'string' },
    { name: 'type', type: 'string' },
    { name: 'pending', type: 'integer', defaultValue: 0 },
    { name: 'all', type: 'integer', defaultValue: 0 },
  ],
  indexes: [
    { unique: true, fields: ['userId', 'workflowKey', 'type'] },
    { fields: ['userId', 'workflowKey'] },
    { fields: ['userId', 'type'] },
  ],
});
