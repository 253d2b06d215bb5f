import { list, object, operation, ref, type Path } from './operation';
import { filterByTk, listing, paging, query, reading, selection } from './parameters';

const category = ref('WorkflowCategory');
const categories = { method: 'post', tag: 'workflowCategories' } as const;

/** Paths of the to-do numbers and of the categories. */
export const taskPaths: Record<string, Path> = {
  '/userWorkflowTasks:listMine': operation({
    method: 'get',
    tag: 'userWorkflowTasks',
    summary: 'My to-dos per type',
    parameters: listing,
    data: list(ref('WorkflowUserTasks')),
    meta: paging,
  }),
  '/userWorkflowTaskStats:listMine': operation({
    method: 'get',
    tag: 'userWorkflowTaskStats',
    summary: 'My to-dos per workflow, by title',
    parameters: [
      query('type', 'Only to-dos of this type.', { type: 'string' }),
      query('search', 'Part of the title of the workflow.', { type: 'string' }),
      query('page', 'Page, from 1.', { type: 'integer', minimum: 1, default: 1 }),
      query('pageSize', 'Rows per page.', { type: 'integer', minimum: 1, maximum: 200, default: 200 }),
    ],
    data: list(ref('WorkflowUserTaskStats')),
    meta: object({ page: { type: 'integer' }, pageSize: { type: 'integer' }, hasNext: { type: 'boolean' } }),
  }),
  '/workflowCategories:list': operation({
    ...categories,
    method: 'get',
    summary: 'List categories',
    parameters: listing,
    data: list(category),
    meta: paging,
  }),
  '/workflowCategories:get': operation({
    ...categories,
    method: 'get',
    summary: 'Get a category',
    parameters: [filterByTk, ...reading],
    data: category,
  }),
  '/workflowCategories:create': operation({
    ...categories,
    summary: 'Create a category',
    body: category,
    data: category,
  }),
  '/workflowCategories:update': operation({
    ...categories,
    summary: 'Change a category',
    parameters: [filterByTk],
    body: category,
    data: list(category),
  }),
  '/workflowCategories:destroy': operation({
    ...categories,
    summary: 'Delete categories',
    parameters: selection,
    data: { type: 'integer' },
  }),
  '/workflowCategories:move': operation({
    ...categories,
    summary: 'Put a category at the place of another',
    parameters: [
      query('sourceId', 'Category to move.', { type: 'integer' }, true),
      query('targetId', 'Category whose place it takes.', { type: 'integer' }, true),
    ],
  }),
};
