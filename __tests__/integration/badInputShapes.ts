export type Kind = 'string' | 'number' | 'boolean' | 'object' | 'array' | 'null';

/** A config that is right, and which kinds of value each of its fields may hold. */
export interface Shape {
  type: string;
  valid: Record<string, unknown>;
  /** kinds by path; a value of any other kind has to be refused. `[]`: only some values are right, none of the wrong ones */
  fields: Record<string, Kind[]>;
}

/** One or more values of every kind, none of which makes sense. */
export const VALUES: Array<[kind: Kind, value: unknown]> = [
  ['string', 'text'],
  ['number', 5],
  ['number', 1e300],
  ['boolean', true],
  ['object', { a: 1 }],
  ['object', { $ne: 0 }],
  ['array', [1]],
  ['array', [{}]],
  ['null', null],
];

const COMPARISON = { calculator: 'equal', operands: [1, 1] };
const GROUP = { group: { type: 'and', calculations: [COMPARISON] } };

/** Fields of a basic condition below a path. */
const calculationAt = (path: string): Shape['fields'] => ({
  [`${path}.group`]: ['object', 'null'],
  [`${path}.group.type`]: [],
  [`${path}.group.calculations`]: ['array'],
  [`${path}.group.calculations.0`]: ['object', 'null'],
  [`${path}.group.calculations.0.calculator`]: ['null'],
  [`${path}.group.calculations.0.operands`]: ['array', 'null'],
});

const FILTER = { $and: [{ title: { $eq: 'a' } }] };
const KEY: Kind[] = ['string', 'number', 'array', 'object', 'null'];

/** The core node types, by what is looked at. */
export const NODES: Shape[] = [
  {
    type: 'calculation',
    valid: { engine: 'math.js', expression: '1 + 1' },
    fields: { engine: ['string', 'null'], expression: ['string', 'null'] },
  },
  {
    type: 'condition',
    valid: { rejectOnFalse: false, engine: 'basic', calculation: GROUP, expression: '1 == 1' },
    fields: {
      rejectOnFalse: ['boolean'],
      engine: [],
      calculation: ['object'],
      expression: ['string'],
      ...calculationAt('calculation'),
    },
  },
  {
    type: 'multi-conditions',
    valid: {
      conditions: [{ uid: 'a', title: 'A', engine: 'basic', calculation: GROUP, expression: '1' }],
      continueOnNoMatch: false,
    },
    fields: {
      conditions: ['array'],
      'conditions.0': ['object'],
      'conditions.0.uid': ['string', 'null'],
      'conditions.0.title': ['string', 'null'],
      'conditions.0.engine': ['string'],
      'conditions.0.calculation': ['object', 'null'],
      'conditions.0.expression': ['string'],
      ...calculationAt('conditions.0.calculation'),
      continueOnNoMatch: ['boolean'],
    },
  },
  { type: 'end', valid: { endStatus: 1 }, fields: { endStatus: [] } },
  {
    type: 'output',
    valid: { value: 1 },
    fields: { value: ['string', 'number', 'boolean', 'object', 'array', 'null'] },
  },
  {
    type: 'query',
    valid: {
      collection: 'posts',
      multiple: true,
      failOnEmpty: false,
      params: {
        filter: FILTER,
        filterByTk: 1,
        sort: [{ field: 'id', direction: 'desc' }],
        page: 1,
        pageSize: 20,
        appends: ['category.parent'],
        fields: ['title'],
        except: ['content'],
      },
    },
    fields: {
      collection: [],
      multiple: ['boolean'],
      failOnEmpty: ['boolean'],
      params: ['object'],
      'params.filter': ['object'],
      'params.filterByTk': KEY,
      'params.sort': ['array'],
      'params.sort.0': ['object'],
      'params.sort.0.field': ['null'],
      'params.sort.0.direction': ['null'],
      'params.page': ['number', 'null'],
      'params.pageSize': ['number', 'null'],
      'params.appends': [],
      'params.appends.0': [],
      'params.fields': [],
      'params.fields.0': [],
      'params.except': [],
      'params.except.0': [],
    },
  },
  {
    type: 'create',
    valid: {
      collection: 'posts',
      usingAssignFormSchema: false,
      assignFormSchema: {},
      params: { values: { title: 'a' }, appends: ['category'] },
    },
    fields: {
      collection: [],
      usingAssignFormSchema: ['boolean'],
      assignFormSchema: ['object', 'null'],
      params: ['object'],
      'params.values': ['object'],
      'params.appends': [],
      'params.appends.0': [],
    },
  },
  {
    type: 'update',
    valid: {
      collection: 'posts',
      usingAssignFormSchema: false,
      assignFormSchema: {},
      params: { filter: FILTER, filterByTk: 1, values: { title: 'a' }, individualHooks: true, forceUpdate: false },
    },
    fields: {
      collection: [],
      usingAssignFormSchema: ['boolean'],
      assignFormSchema: ['object', 'null'],
      params: ['object'],
      'params.filter': ['object'],
      'params.filterByTk': KEY,
      'params.values': ['object'],
      'params.individualHooks': ['boolean'],
      'params.forceUpdate': ['boolean'],
    },
  },
  {
    type: 'destroy',
    valid: { collection: 'posts', params: { filter: FILTER, filterByTk: 1 } },
    fields: { collection: [], params: ['object'], 'params.filter': ['object'], 'params.filterByTk': KEY },
  },
];

const OPTIONS = { limit: 3, timezone: 'Europe/Berlin', missed: { policy: 'all', max: 5 } };
const OPTION_FIELDS: Shape['fields'] = {
  repeat: ['null'],
  limit: ['number', 'null'],
  timezone: ['null'],
  missed: ['null'],
  'missed.policy': [],
  'missed.max': ['number', 'null'],
};
const TIME = { field: 'dueAt', offset: 1, unit: 86_400_000 };
const timeAt = (path: string): Shape['fields'] => ({
  [`${path}.field`]: ['null'],
  [`${path}.offset`]: ['number', 'null'],
  [`${path}.unit`]: ['null'],
});

/** The core trigger types; the schedule in both of its modes. */
export const TRIGGERS: Shape[] = [
  {
    type: 'collection',
    valid: {
      collection: 'posts',
      mode: 3,
      changed: ['title'],
      condition: FILTER,
      appends: ['category'],
      rollbackOnFailure: false,
    },
    fields: {
      collection: [],
      mode: [],
      changed: [],
      'changed.0': [],
      condition: ['object', 'null'],
      appends: [],
      'appends.0': [],
      rollbackOnFailure: ['boolean'],
    },
  },
  {
    type: 'schedule',
    valid: { mode: 0, startsOn: '2040-01-01T00:00:00Z', endsOn: '2050-01-01T00:00:00Z', repeat: 60_000, ...OPTIONS },
    fields: { mode: [], startsOn: ['number', 'null'], endsOn: ['number', 'null'], ...OPTION_FIELDS },
  },
  {
    type: 'schedule',
    valid: {
      mode: 1,
      collection: 'posts',
      startsOn: TIME,
      endsOn: TIME,
      repeat: '0 0 * * *',
      appends: ['category'],
      ...OPTIONS,
    },
    fields: {
      mode: [],
      collection: ['null'],
      startsOn: ['object', 'null'],
      endsOn: ['object', 'number', 'null'],
      ...timeAt('startsOn'),
      ...timeAt('endsOn'),
      appends: ['null'],
      'appends.0': [],
      ...OPTION_FIELDS,
    },
  },
  {
    type: 'action',
    valid: { collection: 'posts', appends: ['category'], global: true, actions: ['create'] },
    fields: {
      collection: [],
      appends: ['null'],
      'appends.0': [],
      global: ['boolean', 'null'],
      actions: ['null'],
      'actions.0': ['string'],
    },
  },
];

/** The value with something else at a path, e.g. `a.0.b`. */
export function withValue(root: unknown, path: string, value: unknown): any {
  const copy = structuredClone(root);
  const names = path.split('.');
  const last = names.pop()!;
  const parent = names.reduce((object: any, name) => object[name], copy) as Record<string, unknown>;
  parent[last] = value;
  return copy;
}

/** The value without what is at a path. */
export function withoutValue(root: unknown, path: string): any {
  const copy = withValue(root, path, undefined);
  return JSON.parse(JSON.stringify(copy));
}

/** `a.0.b` as messages spell it: `a[0].b`. */
export function toLabel(path: string): string {
  return path.replace(/\.(\d+)/g, '[$1]');
}
