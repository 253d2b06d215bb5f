import { defineCollection } from '@nocobase/database';

/** How many executions one version has had; `id` is the id of the version. */
export default defineCollection({
  name: 'workflowVersionStats',
  shared: true,
  dataCategory: 'business',
  dumpRules: { group: 'log' },
  migrationRules: ['schema-only'],
  autoGenId: false,
  fields: [
    { name: 'id', type: 'bigInt', primaryKey: true },
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
