import { defineCollection } from '@nocobase/database';

export default defineCollection({
  name: 'jobs',
  shared: true,
  dataCategory: 'business',
  dumpRules: { group: 'log' },
  migrationRules: ['schema-only'],
  autoGenId: false,
  fields: [
    // Assigned by the engine; may exceed 2^53 and is then a decimal string.
    { name: 'id', type: 'bigInt', primaryKey: true, autoIncrement: false },
    { name: 'execution', type: 'belongsTo' },
    { name: 'node', type: 'belongsTo', target: 'flow_nodes' },
    { name: 'nodeKey', type: 'string' },
    { name: 'upstream', type: 'belongsTo', target: 'jobs' },
    { name: 'status', type: 'integer' },
    { name: 'meta', type: 'json' },
    { name: 'result', type: 'json' },
    { name: 'startedAt', type: 'date' },
    { name: 'log', type: 'text' },
    // Bookkeeping of the engine: the job waits for an outside event; the attempt that it records.
    { name: 'waiting', type: 'boolean', hidden: true },
  ],
  indexes: [{ fields: ['status', 'id'] }],
});
