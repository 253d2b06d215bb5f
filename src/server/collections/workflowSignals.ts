import { defineCollection } from '@nocobase/database';

/** What an execution still has to be told (a job was resumed, a rerun is wanted …): written by anyone, consumed by the worker that holds its lease. */
export default defineCollection({
  name: 'workflowSignals',
  shared: true,
  dataCategory: 'business',
  dumpRules: { group: 'log' },
  migrationRules: ['schema-only'],
  autoGenId: false,
  timestamps: false,
  fields: [
    { name: 'id', type: 'bigInt', primaryKey: true, autoIncrement: false },
    { name: 'executionId', type: 'bigInt' },
    // 'resume' | 'rerun' | 'start' | 'retry': a node works in the background for this job
    { name: 'kind', type: 'string' },
    { name: 'jobId', type: 'bigInt' },
    { name: 'payload', type: 'json' },
    // of an attempt: the process that works on it, and when it counts as dead (milliseconds of the database's clock)
    { name: 'owner', type: 'string' },
    { name: 'dueAt', type: 'bigInt' },
    // milliseconds of the database's clock
    { name: 'createdAt', type: 'bigInt' },
  ],
  indexes: [{ fields: ['executionId'] }, { unique: true, fields: ['executionId', 'kind', 'jobId'] }],
});
