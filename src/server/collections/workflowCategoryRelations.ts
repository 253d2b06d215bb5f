import { defineCollection } from '@nocobase/database';

/** Through table of workflows and their categories. */
export default defineCollection({
  name: 'workflowCategoryRelations',
  shared: true,
  dataCategory: 'business',
  dumpRules: 'required',
  migrationRules: ['overwrite', 'schema-only'],
  fields: [
    { name: 'workflow', type: 'belongsTo', foreignKey: 'workflowId' },
    // Its column `workflowCategoryId` exists in every installed database but holds nothing: the relation uses `categoryId`.
    { name: 'workflowCategory', type: 'belongsTo' },
  ],
});
