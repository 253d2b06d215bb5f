import { describe, expect, it } from 'vitest';
import { createActionHandlers } from '../../server/api/registerApi';
import type { WorkflowPlugin } from '../../server/contract';
import document from '../index';

/** Default actions of the host that roles with the workflow permission may use. */
const DEFAULT_ACTIONS = [
  'executions:get',
  'jobs:get',
  'workflowCategories:list',
  'workflowCategories:get',
  'workflowCategories:create',
  'workflowCategories:update',
  'workflowCategories:destroy',
  'workflowCategories:move',
];

const actionOf = (path: string) => path.slice(1).replace('/{workflowId}/', '.');

describe('the OpenAPI document', () => {
  it('has a path for every action, and no other', () => {
    const handled = Object.keys(createActionHandlers({} as WorkflowPlugin));
    expect(Object.keys(document.paths).map(actionOf).sort()).toEqual([...handled, ...DEFAULT_ACTIONS].sort());
  });

  it('refers to schemas that exist, and to every one of them', () => {
    const used = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(Object.keys(document.components.schemas).sort());
  });

  it.each(Object.entries(document.paths))('%s tells its answers, errors and parameters', (path, { get, post }) => {
    const { summary, responses, parameters } = (get ?? post)!;
    expect(summary).toBeTruthy();
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403']));
    expect(Object.keys(responses).some((status) => status.startsWith('2'))).toBe(true);
    expect(new Set(parameters.map(({ name }) => name)).size).toBe(parameters.length);
    expect(parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`)).toEqual(
      path.match(/{\w+}/g) ?? [],
    );
  });
});
