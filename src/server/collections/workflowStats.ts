import { defineCollection } from '@nocobase/database';

/** How many executions all versions of a workflow have had. */
export default defineCollection({
  name: 'workflowStats',
  shared: true,
  dataCategory: 'business',
  dumpRules: { group: 'log' },
  migrationRules: ['schema-only'],
  autoGenId: false,
  fields: [
    { name: 'key', type: 'uid', primaryKey: true },
    {
      name: 'executed',
      type: 'bigInt',
      defaultValue: 0,
      interface: 'number',
      uiSchema: {
        type: 'number',
        title: '{{t("Executed", { ns: "workflow" })}}',
        'x-component': 'InputNumber',
        'x-read-pretty': true,
      },
    },
  ],
});
