import { describe, expect, it } from 'vitest';
import {
  getAvailableWorkflowTaskTypeKeys,
  normalizeWorkflowTaskCountsResponse,
  normalizeWorkflowTaskRecordsResponse,
  normalizeWorkflowTaskStatus,
} from '../tasks';

const registry = new Map([
  ['manual', { title: 'Manual', collection: 'a' }],
  ['cc', { title: 'CC', collection: 'b', alwaysShow: true }],
]);
const taskTypes = { getKeys: () => registry.keys(), get: (key: string) => registry.get(key) };

describe('task centre', () => {
  it('shows the types that have to-dos or are always shown', () => {
    expect(getAvailableWorkflowTaskTypeKeys(taskTypes)).toEqual(['cc']);
    expect(getAvailableWorkflowTaskTypeKeys(taskTypes, { manual: { pending: 0, all: 2 } })).toEqual(['manual', 'cc']);
  });

  it('understands answers, their bodies and plain data', () => {
    const rows = [{ type: 'manual', stats: { pending: 1, all: 2 } }];
    for (const response of [{ data: { data: rows } }, { data: rows }, rows]) {
      expect(normalizeWorkflowTaskCountsResponse(response)).toEqual({ manual: { pending: 1, all: 2 } });
    }
    expect(normalizeWorkflowTaskRecordsResponse({ data: { data: [1, 2], meta: { count: 9 } } })).toEqual({
      records: [1, 2],
      total: 9,
    });
    expect(normalizeWorkflowTaskRecordsResponse(undefined)).toEqual({ records: [], total: 0 });
  });

  it('takes an unknown status for pending', () => {
    expect(normalizeWorkflowTaskStatus('completed')).toBe('completed');
    expect(normalizeWorkflowTaskStatus('else')).toBe('pending');
  });
});
