import { defineCollection } from '@nocobase/database';

export default defineCollection({
  name: 'workflowCategories',
  shared: true,
  dataCategory: 'business',
  dumpRules: 'required',
  migrationRules: ['overwrite', 'schema-only'],
  fields: [
    {
      name: 'id',
      type: 'snowflakeId',
      primaryKey: true,
      allowNull: false,
      interface: 'id',
      uiSchema: { type: 'number', title: 'ID', 'x-component': 'Input' },
    },
    { name: 'title', type: 'string' },
    { name: 'color', type: 'string', defaultValue: 'default' },
    {
      name: 'workflows',
      type: 'belongsToMany',
      target: 'workflows',
      through: 'workflowCategoryRelations',
      foreignKey: 'categoryId',
      otherKey: 'workflowId',
      targetKey: 'id',
    },
    { name: 'sort', type: 'sort' },
  ],
});
