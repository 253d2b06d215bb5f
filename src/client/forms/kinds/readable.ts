import type { KindContext } from '../../registry/kinds';
import { parseTemplate } from '../variables/template';

const MOST_CHARACTERS = 120;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A variable by what people call it: the member of the data, or the node with it. */
function nameOf(path: readonly string[], context: KindContext): string {
  const [group, key = '', ...rest] = path;
  if (group === '$jobsMapByNodeKey') return [context.document.nodes.get(key)?.title ?? key, ...rest].join('.');
  if (group === '$context') return (key === 'data' && rest.length ? rest : [key, ...rest]).join('.');
  if (group === '$scopes') return rest.join('.');
  return path.slice(1).join('.') || path.join('.');
}

/** @returns a text with variables as one readable line, shortened; '' for nothing */
export function readable(value: unknown, context: KindContext): string {
  const text = typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
  const line = parseTemplate(text)
    .map((token) => (token.kind === 'text' ? token.text : nameOf(token.path, context)))
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line;
}

const SIGNS: Record<string, string> = {
  equal: '=', notEqual: '≠', gt: '>', gte: '≥', lt: '<', lte: '≤', '==': '=', '!=': '≠', '>=': '≥', '<=': '≤', '>': '>', '<': '<',
};

interface Calculation {
  calculator?: string;
  operands?: unknown[];
  group?: { type: string; calculations?: (Calculation | null)[] };
}

/** A condition of the basic engine as a line, e.g. `amount > 500`. */
export function readableCalculation(calculation: unknown, context: KindContext): string {
  if (!isObject(calculation)) return '';
  const { group, calculator, operands = [] } = calculation as Calculation;
  if (group) {
    const parts = (group.calculations ?? []).map((part) => {
      const line = readableCalculation(part, context);
      return part?.group && line ? `(${line})` : line;
    });
    return parts.filter(Boolean).join(group.type === 'or' ? ` ${context.t('or')} ` : ` ${context.t('and')} `);
  }
  if (!calculator) return '';
  const [left, right] = operands.map((operand) => (operand === '' ? '""' : readable(operand, context)));
  return `${left ?? ''} ${SIGNS[calculator] ?? calculator} ${right ?? ''}`.trim();
}

/** Fields that a filter names, as dot paths without operators. */
export function filterFields(filter: unknown, path = ''): string[] {
  if (Array.isArray(filter)) return filter.flatMap((part) => filterFields(part, path));
  if (!isObject(filter)) return [];
  return Object.entries(filter).flatMap(([key, value]) => {
    if (key === '$and' || key === '$or' || key === '$not') return filterFields(value, path);
    if (key.startsWith('$')) return path ? [path] : [];
    const own = path ? `${path}.${key}` : key;
    const inner = isObject(value) ? filterFields(value, own) : [];
    return inner.length ? inner : [own];
  });
}

/** True when a filter selects by something. */
export const isSelective = (filter: unknown): boolean => filterFields(filter).length > 0;

/** @example sentence('Orders', 'created') // 'Orders · created' */
export const sentence = (...parts: (string | null | undefined | false)[]): string => parts.filter(Boolean).join(' · ');
