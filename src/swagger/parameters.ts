import { list, type Parameter, type Schema } from './operation';

const id: Schema = { type: 'integer', format: 'int64' };

/** Key of the row; ids beyond 2^53 go as decimal strings. */
export const filterByTk: Parameter = {
  name: 'filterByTk',
  in: 'query',
  description: 'Id of the row.',
  required: true,
  schema: id,
};

/** Keys or a filter: which rows a bulk action is about. */
export const selection: Parameter[] = [
  {
    name: 'filterByTk',
    in: 'query',
    description: 'Id, or `filterByTk[]` for several. This or `filter` is required.',
    schema: { oneOf: [id, list(id)] },
  },
  { name: 'filter', in: 'query', description: 'Filter as JSON.', schema: { type: 'string', example: '{"key":"abc"}' } },
];

/** Parameters of the host's default `get`. */
export const reading: Parameter[] = [
  {
    name: 'filter',
    in: 'query',
    description: 'Filter as JSON.',
    schema: { type: 'string', example: '{"enabled":true}' },
  },
  { name: 'fields', in: 'query', description: 'Fields to return.', schema: list({ type: 'string' }) },
  { name: 'except', in: 'query', description: 'Fields to leave out.', schema: list({ type: 'string' }) },
  { name: 'appends', in: 'query', description: 'Associations to return.', schema: list({ type: 'string' }) },
];

/** Parameters of the host's default `list`. */
export const listing: Parameter[] = [
  ...reading,
  {
    name: 'sort',
    in: 'query',
    description: 'Fields to sort by, `-` for descending.',
    schema: list({ type: 'string', example: '-createdAt' }),
  },
  { name: 'page', in: 'query', description: 'Page, from 1.', schema: { type: 'integer', minimum: 1, default: 1 } },
  {
    name: 'pageSize',
    in: 'query',
    description: 'Rows per page.',
    schema: { type: 'integer', minimum: 1, default: 20 },
  },
  {
    name: 'paginate',
    in: 'query',
    description: '`false` returns all rows.',
    schema: { type: 'boolean', default: true },
  },
];

/** `meta` of a paged list. */
export const paging: Schema = {
  type: 'object',
  properties: {
    count: { type: 'integer' },
    page: { type: 'integer' },
    pageSize: { type: 'integer' },
    totalPage: { type: 'integer' },
  },
};

/** A query parameter of one action. */
export function query(name: string, description: string, schema: Schema, required = false): Parameter {
  return { name, in: 'query', description, schema, ...(required ? { required } : {}) };
}
