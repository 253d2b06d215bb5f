import type { Context } from '@nocobase/actions';
import { validateFieldPaths, type FieldPathsPart } from '../expressions/fieldPaths';
import { isPlainObject } from '../expressions/ownMembers';
import type { WorkflowPlugin } from '../contract';
import { isAbsent } from './input';

const MAX_ROWS = 2 ** 31 - 1;

/**
 * Explains why the host failed on a request for rows: the host itself names no parameter, or ends in a TypeError.
 *
 * @returns message by parameter, null when the parameters are fine
 * @example findParamProblems(ctx, plugin) // { sort: 'Field "nope" does not exist in collection "workflows"' }
 */
export function findParamProblems(ctx: Context, { app, db }: WorkflowPlugin): Record<string, string> | null {
  const { filter, sort, fields, appends, except, page, pageSize, targetCollection } = ctx.action.params;
  const [name = '', association] = ctx.action.resourceName.split('.');
  const collection = association ? db.getCollection(name)?.getField(association)?.options.target : name;
  const parts: FieldPathsPart[] = [
    { at: 'filter', kind: 'filter', value: filter },
    { at: 'sort', kind: 'sort', value: toList(sort) },
    { at: 'fields', kind: 'fields', value: toList(fields) },
    { at: 'except', kind: 'fields', value: toList(except) },
    { at: 'appends', kind: 'appends', value: toList(appends) },
  ];
  const problems = { ...validateFieldPaths(collection, parts, app.dataSourceManager) };
  if (!isAbsent(filter) && !isPlainObject(filter)) {
    problems.filter = '"filter" must be an object';
  }
  for (const [at, value] of Object.entries({ page, pageSize })) {
    if (!isAbsent(value) && !(Number.isInteger(Number(value)) && Number(value) >= 1 && Number(value) <= MAX_ROWS)) {
      problems[at] = `"${at}" must be an integer from 1 to ${MAX_ROWS}`;
    }
  }
  if (!isAbsent(targetCollection) && !db.hasCollection(String(targetCollection))) {
    problems.targetCollection = `Collection "${String(targetCollection).slice(0, 100)}" does not exist`;
  }
  return Object.keys(problems).length > 0 ? problems : null;
}

function toList(value: unknown): unknown[] {
  return [value ?? []].flat().flatMap((item: unknown) => (typeof item === 'string' ? item.split(',') : [item]));
}
