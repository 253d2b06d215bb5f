import { beforeEach, describe, expect, it } from 'vitest';
import type { ICollection } from '@nocobase/data-source-manager';
import type { WorkflowModel } from '../../../contract';
import { parseTriggerWorkflows } from '../parseTriggerWorkflows';
import { createPlan, WRITE_KINDS, type Plan } from '../plan';
import { WorkflowIndex } from '../WorkflowIndex';

type Associations = Record<string, { type: string; target: string }>;

function collection(name: string, associations: Associations): ICollection {
  return {
    options: { name },
    getField: (field: string) =>
      associations[field] ? { isRelationField: () => true, options: associations[field] } : undefined,
  } as unknown as ICollection;
}

const COLLECTIONS = new Map(
  [
    collection('posts', {
      category: { type: 'belongsTo', target: 'categories' },
      cover: { type: 'hasOne', target: 'covers' },
      tags: { type: 'belongsToMany', target: 'tags' },
      comments: { type: 'hasMany', target: 'comments' },
    }),
    collection('categories', { parent: { type: 'belongsTo', target: 'categories' } }),
    collection('covers', {}),
    collection('tags', {}),
  ].map((item) => [item.options.name as string, item]),
);

let cache: Map<number, WorkflowModel>;
let index: WorkflowIndex;

function enable(key: string, config: Record<string, unknown>): void {
  const workflow = { id: cache.size + 1, key, config } as unknown as WorkflowModel;
  cache.set(Number(workflow.id), workflow);
  index.add(workflow);
}

function plan(triggerWorkflows: string, { action = 'create', on = 'posts', dataSourceName = 'main' } = {}): Plan {
  return createPlan({
    items: parseTriggerWorkflows(triggerWorkflows),
    kinds: WRITE_KINDS[action]!,
    dataSourceName,
    collection: COLLECTIONS.get(on)!,
    index,
    findCollection: (name) => COLLECTIONS.get(name),
  });
}

const runs = ({ runs: planned }: Plan) => planned.map(({ workflow, path }) => [workflow.key, ...path].join('!'));
const reasons = ({ skipped }: Plan) => skipped.map(({ item, reason }) => [item.key, reason]);

beforeEach(() => {
  cache = new Map();
  index = new WorkflowIndex(cache);
  enable('WPB', { collection: 'posts', global: true, actions: ['create', 'update'] });
  enable('WPU', { collection: 'posts', global: true, actions: ['update'] });
  enable('WG0', { collection: 'posts', global: true });
  enable('WP', { collection: 'posts' });
  enable('WP2', { collection: 'main:posts' });
  enable('WC', { collection: 'categories' });
  enable('WCG', { collection: 'categories', global: true, actions: ['create'] });
  enable('WV', { collection: 'covers' });
  enable('WT', { collection: 'tags' });
  enable('WX', { collection: 'ext:posts' });
});

describe('what a request triggers', () => {
  it.each([
    ['', ['WPB']],
    ['WP', ['WP', 'WPB']],
    ['WP2,WP', ['WP2', 'WP', 'WPB']],
    ['WPB', ['WPB']],
    ['WC!category', ['WC!category', 'WPB']],
    ['WC!category.parent', ['WC!category!parent', 'WPB']],
    ['WCG!category', ['WCG!category', 'WPB']],
    ['WV!cover', ['WV!cover', 'WPB']],
  ])('create with %j', (list, expected) => {
    expect(runs(plan(list))).toEqual(expected);
  });

  it('looks at the kinds a global workflow is configured for', () => {
    expect(runs(plan('', { action: 'update' }))).toEqual(['WPB', 'WPU']);
    expect(runs(plan('', { action: 'updateOrCreate' }))).toEqual(['WPB', 'WPU']);
    expect(reasons(plan('WPU,WG0'))).toEqual([
      ['WPU', 'action_not_selected'],
      ['WG0', 'action_not_selected'],
    ]);
  });

  it.each([
    ['WC', 'collection_mismatch'],
    ['WX', 'collection_mismatch'],
    ['WP!category', 'collection_mismatch'],
    ['WT!tags', 'association_to_many'],
    ['WT!comments.tags', 'association_to_many'],
    ['WC!nope', 'association_not_found'],
    ['WC!category.nope', 'association_not_found'],
    ['WC!constructor', 'association_not_found'],
  ])('refuses %j: %s', (list, reason) => {
    const result = plan(list);
    expect(reasons(result)).toEqual([[list.split('!')[0], reason]]);
    expect(runs(result)).toEqual(['WPB']);
  });

  it('keeps data sources apart', () => {
    expect(runs(plan('WX,WP', { dataSourceName: 'ext' }))).toEqual(['WX']);
  });

  it('leaves unknown keys for later', () => {
    expect(plan('nope').unknown).toEqual([{ key: 'nope', path: [] }]);
  });
});

describe('WorkflowIndex', () => {
  it('follows switching off, changing and switching on again', () => {
    const workflow = cache.get(1)!;
    index.remove(1);
    expect(index.findByKey('WPB')).toBeUndefined();
    expect(index.findGlobals('posts').map(({ key }) => key)).toEqual(['WPU', 'WG0']);
    index.add(workflow);
    index.add(workflow);
    expect(index.findGlobals('posts').map(({ key }) => key)).toEqual(['WPB', 'WPU', 'WG0']);
    workflow.config = { collection: 'tags', global: true, actions: ['create'] };
    index.add(workflow);
    expect(index.findGlobals('posts').map(({ key }) => key)).toEqual(['WPU', 'WG0']);
    expect(index.findGlobals('tags')).toEqual([workflow]);
  });

  it('does not take the key away from the version that was enabled later', () => {
    enable('WP', { collection: 'posts' });
    index.remove(4);
    expect(index.findByKey('WP')).toBe(cache.get(cache.size));
  });

  it('does not name a workflow that is no longer enabled', () => {
    cache.delete(4);
    expect(index.findByKey('WP')).toBeUndefined();
  });
});
