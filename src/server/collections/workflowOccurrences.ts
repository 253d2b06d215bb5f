import { defineCollection } from '@nocobase/database';

/** Last occurrence of each schedule that became an execution. */
export default defineCollection({
  name: 'workflowOccurrences',
  shared: true,
  dataCategory: 'business',
  dumpRules: { group: 'log' },
  migrationRules: ['schema-only'],
  autoGenId: false,
  timestamps: false,
  fields: [
    { name: 'key', type: 'string', primaryKey: true },
    { name: 'workflowKey', type: 'string', index: true },
    // both in milliseconds since 1970
    { name: 'lastAt', type: 'bigInt' },
    { name: 'updatedAt', type: 'bigInt' },
  ],
});
