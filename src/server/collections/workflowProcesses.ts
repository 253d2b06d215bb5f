import { defineCollection } from '@nocobase/database';

/** The processes that execute runs at present, so that they can share the workflows. Nothing depends on its being complete. */
export default defineCollection({
  name: 'workflowProcesses',
  shared: true,
  dataCategory: 'business',
  dumpRules: { group: 'log' },
  migrationRules: ['schema-only'],
  autoGenId: false,
  timestamps: false,
  fields: [
    // as in the leases of executions
    { name: 'owner', type: 'string', primaryKey: true },
    // milliseconds of the database's clock
    { name: 'seenAt', type: 'bigInt' },
  ],
});
