import { isPlainObject, readOwn, readPath } from './ownMembers';

/** Resolves a compiled value against a scope. Never changes the scope; objects and arrays are built anew. */
export type Template = (scope: object) => unknown;

const EXPRESSION = /{{([\w:\s\-+.,@/()?=*$]+)}}/g;
const CACHE_SIZE = 5_000;
const MAX_CACHED_LENGTH = 4_096;

const cache = new Map<string, Template>();

/** True when the text holds at least one `{{…}}` expression. */
export function isTemplate(text: string): boolean {
  return text.includes('{{') && text.search(EXPRESSION) !== -1;
}

/** The text with every `{{…}}` expression removed. */
export function withoutExpressions(text: string): string {
  return text.replace(EXPRESSION, '');
}

function compileExpression(source: string): Template {
  const trimmed = source.trim();
  const colon = trimmed.indexOf(':');
  const path = colon === -1 ? trimmed : trimmed.slice(0, colon).trim();
  const fallback = colon === -1 ? undefined : trimmed.slice(colon + 1);
  const names = path.split('.');
  return (scope) => {
    let value = readPath(scope, names);
    if (value === undefined && names.length > 1) {
      value = readOwn(scope, path);
    }
    if (value === undefined) {
      value = fallback;
    }
    return typeof value === 'function' ? (value as () => unknown)() : value;
  };
}

function toText(value: unknown): string {
  if (value == null) {
    return '';
  }
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  }
  try {
    // eslint-disable-next-line @typescript-eslint/no-base-to-string -- the contract: objects become `[object Object]` in text
    return String(value);
  } catch {
    // data may hold members named toString or valueOf that are no functions
    return Array.isArray(value) ? value.map(toText).join(',') : '[object Object]';
  }
}

function compileText(text: string): Template {
  const matches = [...text.matchAll(EXPRESSION)];
  if (matches.length === 0) {
    return () => text;
  }
  const [first] = matches;
  if (first && first[0].length === text.length) {
    return compileExpression(first[1] ?? '');
  }
  const parts: Array<string | Template> = [];
  let end = 0;
  for (const match of matches) {
    parts.push(text.slice(end, match.index), compileExpression(match[1] ?? ''));
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return (scope) => {
    let result = '';
    for (const part of parts) {
      result += typeof part === 'string' ? part : toText(part(scope));
    }
    return result;
  };
}

function textTemplate(text: string): Template {
  const known = cache.get(text);
  if (known) {
    return known;
  }
  const template = compileText(text);
  if (text.length <= MAX_CACHED_LENGTH) {
    if (cache.size >= CACHE_SIZE) {
      cache.clear();
    }
    cache.set(text, template);
  }
  return template;
}

/**
 * Resolves the `{{path}}` expressions in a value of any shape.
 *
 * - a text that is one expression gives the value itself, type kept; `undefined` when the path leads nowhere,
 *   or the text after `:` (`{{a.b:none}}`)
 * - expressions inside other text become text: nothing for null and undefined, ISO for dates
 * - functions are called without arguments
 * - object keys are templates too; anything that is not text, array or plain object stays as it is
 * - only own members are reached, see {@link readPath}; what comes out is never read as a template again
 *
 * Every text is compiled once, however often and wherever it occurs, so that a config object that is
 * changed between two calls is always resolved as it is now.
 *
 * @example resolveTemplate({ title: 'no. {{id}}', id: '{{id}}' }, { id: 5 }) // { title: 'no. 5', id: 5 }
 */
export function resolveTemplate(value: unknown, scope: object): unknown {
  if (typeof value === 'string') {
    return value.includes('{{') ? textTemplate(value)(scope) : value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => resolveTemplate(item, scope));
  }
  if (!isPlainObject(value)) {
    return value;
  }
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const name = key.includes('{{') ? toText(textTemplate(key)(scope)) : key;
    if (name !== '__proto__') {
      result[name] = resolveTemplate(value[key], scope);
    }
  }
  return result;
}

/**
 * {@link resolveTemplate} with the value bound.
 *
 * @example compileTemplate('{{$context.data.id}}')({ $context: { data: { id: 1 } } }) // 1
 */
export function compileTemplate(value: unknown): Template {
  return typeof value === 'string' ? textTemplate(value) : (scope) => resolveTemplate(value, scope);
}
