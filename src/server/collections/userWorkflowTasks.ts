import { defineCollection } from '@nocobase/database';

/** Numbers of tasks per user and task type: the sums of `userWorkflowTaskStats`. */
export default defineCollection({
  name: 'userWorkflowTasks',
  shared: true,
  dataCategory: 'business',
  dumpRules: { group: 'log' },
  migrationRules: ['schema-only'],
  fields: [
    { name: 'id', type: 'snowflakeId', primaryKey: true, allowNull: false },
    { name: 'userId', type: 'bigInt' },
    { name: 'user', type: 'belongsTo', foreignKey: 'userId' },
    { name: 'type', type: 'string' },
    // { pending: number, all: number }
    { name: 'stats', type: 'json', defaultValue: {} },
  ],
  indexes: [{ unique: true, fields: ['userId', 'type'] }],
});
