import { describe, expect, it } from 'vitest';
import { readBindings, triggerWorkflowsParam } from '../bindings';
import { outcomeOf } from '../outcome';
import { bindingFault } from '../state';
import { contextOptions, resolveContext } from '../target';
import { catalog, target, workflow } from './world';

describe('stored bindings', () => {
  it('are read whatever else was stored with them', () => {
    expect(
      readBindings([{ workflowKey: 'a' }, null, { context: 'x' }, { workflowKey: 'b', context: 'author', index: 1 }, 'c']),
    ).toEqual([
      { workflowKey: 'a', context: '' },
      { workflowKey: 'b', context: 'author' },
    ]);
    expect(readBindings(undefined)).toEqual([]);
  });

  it('become the parameter of the request, or nothing', () => {
    expect(triggerWorkflowsParam([{ workflowKey: 'a' }, { workflowKey: 'b', context: 'author.company' }])).toBe(
      'a,b!author.company',
    );
    expect(triggerWorkflowsParam([])).toBeUndefined();
    expect(triggerWorkflowsParam([{ workflowKey: '' }])).toBeUndefined();
  });
});

describe('data that a workflow may get', () => {
  it('is the record at the end of to-one associations', () => {
    expect(contextOptions(catalog, 'reimbursements')).toEqual([
      { path: 'applicant', title: 'Applicant', target: 'users' },
    ]);
    expect(resolveContext(catalog, 'reimbursements', 'applicant.department')).toEqual({
      collection: 'departments',
      titles: ['Applicant', 'Department'],
    });
    expect(resolveContext(catalog, 'reimbursements', 'receipts')).toBeUndefined();
    expect(resolveContext(catalog, 'reimbursements', '')).toEqual({ collection: 'reimbursements', titles: [] });
  });

  it('stays in its data source', () => {
    const other = {
      ...catalog,
      find: (name: string) =>
        name === 'shop:orders' ? { ...catalog.find('reimbursements')!, dataSource: 'shop', name: 'orders' } : undefined,
    };
    expect(contextOptions(other, 'shop:orders').map((option) => option.target)).toEqual(['shop:users']);
  });
});

describe('what keeps a binding from starting its workflow', () => {
  const fault = (found: ReturnType<typeof workflow> | undefined, context = '') =>
    bindingFault([{ workflowKey: 'a', context }], 0, found, target, catalog);

  it.each([
    ['nothing', workflow({ key: 'a' }), '', null],
    ['nothing, also with the data source written down', workflow({ key: 'a', config: { collection: 'main:reimbursements' } }), '', null],
    ['it was deleted', undefined, '', 'deleted'],
    ['it is disabled', workflow({ key: 'a', enabled: false }), '', 'disabled'],
    ['its collection is another', workflow({ key: 'a', config: { collection: 'users' } }), '', 'otherCollection'],
    ['the data is of another collection', workflow({ key: 'a' }), 'applicant', 'otherCollection'],
    ['the association is gone', workflow({ key: 'a' }), 'author', 'contextLost'],
    ['it is global', workflow({ key: 'a', config: { collection: 'reimbursements', global: true } }), '', 'global'],
    ['it starts by itself', workflow({ key: 'a', type: 'schedule' }), '', 'otherType'],
  ])('%s', (_, found, context, expected) => {
    expect(fault(found, context)).toBe(expected);
  });

  it('is an equal row above it', () => {
    const rows = [
      { workflowKey: 'a', context: '' },
      { workflowKey: 'a', context: '' },
    ];
    expect([0, 1].map((index) => bindingFault(rows, index, workflow({ key: 'a' }), target, catalog))).toEqual([
      null,
      'repeated',
    ]);
  });
});

describe('what a person is told after pressing a button', () => {
  it('is nothing when all went well or goes on in the background', () => {
    expect(outcomeOf(undefined)).toBeNull();
    expect(
      outcomeOf([
        { key: 'a', executionId: '1', status: 1 },
        { key: 'b', executionId: '2', status: null },
        { key: 'c', reason: 'association_empty' },
      ]),
    ).toBeNull();
  });

  it('is what failed, waits, was lost or cannot run', () => {
    expect(
      outcomeOf([
        { key: 'a', executionId: 7, status: -2 },
        { key: 'b', executionId: '8', status: 0 },
        { key: 'c', reason: 'failed' },
        { key: 'd', reason: 'disabled' },
      ]),
    ).toEqual({
      failed: [{ key: 'a', status: -2, executionId: '7' }],
      waiting: ['b'],
      lost: ['c'],
      misconfigured: [{ key: 'd', reason: 'disabled' }],
    });
  });
});
