import { defineCollection } from '@nocobase/database';

/** Kept for the data of older installations: only deleted from. */
export default defineCollection({
  name: 'workflowTasks',
  shared: true,
  dataCategory: 'business',
  dumpRules: 'required',
  migrationRules: ['overwrite', 'schema-only'],
  repository: 'WorkflowTasksRepository',
  fields: [
    { name: 'user', type: 'belongsTo' },
    { name: 'workflow', type: 'belongsTo' },
    { name: 'type', type: 'string' },
    { name: 'key', type: 'string' },
  ],
  indexes: [{ unique: true, fields: ['type', 'key'] }],
});
