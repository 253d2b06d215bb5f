import { cloneDeep } from 'lodash';
import { isRecordModel, readOwn, readPath } from './ownMembers';
import { toJSON } from './toJSON';

const VARIABLE = /{{\s*([\w$.-]+)\s*}}/g;

/** An expression with its variables taken out. */
export interface ParsedExpression {
  /** the expression with every variable replaced by its name */
  source: string;
  /** `$$0`, `$$1`, … in order of first appearance, with the path each stands for */
  variables: Array<{ name: string; path: string }>;
}

/**
 * Replaces `{{path}}` by a name, the same for the same path. `{{this.…}}` is left alone.
 *
 * @example parseVariables('{{a.b}} + {{a.b}}', (n) => `$$${n}`) // { source: '$$0 + $$0', variables: [{ name: '$$0', path: 'a.b' }] }
 */
export function parseVariables(expression: string, nameOf: (index: number) => string): ParsedExpression {
  const variables: ParsedExpression['variables'] = [];
  const source = expression.trim().replace(VARIABLE, (match: string, path: string) => {
    if (path.startsWith('this.')) {
      return match;
    }
    let variable = variables.find((item) => item.path === path);
    if (!variable) {
      variable = { name: nameOf(variables.length), path };
      variables.push(variable);
    }
    return variable.name;
  });
  return { source, variables };
}

/**
 * Value of a variable for an expression: null when the path leads nowhere, functions called,
 * objects as copies because expressions can assign to members.
 */
export function readVariable(scope: object, path: string): unknown {
  const value = readPath(scope, path.split('.')) ?? readOwn(scope, path) ?? null;
  if (typeof value === 'function') {
    return (value as () => unknown)();
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return cloneDeep(isRecordModel(value) || Array.isArray(value) ? toJSON(value) : value);
}
