export type JsonKind = 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object';

/** What JSON would make of a value; everything it does not know counts as null. */
export function jsonKind(value: unknown): JsonKind {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
    case 'bigint':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'object':
      return 'object';
    case 'undefined':
    case 'function':
    case 'symbol':
      break;
  }
  return 'null';
}

/** Names and values of what a container holds, in its order. */
export function entriesOf(value: object): [string, unknown][] {
  return Array.isArray(value) ? value.map((item: unknown, index) => [String(index), item]) : Object.entries(value);
}

/** Indented JSON, for the clipboard. */
export const jsonText = (value: unknown): string => JSON.stringify(value ?? null, null, 2) ?? 'null';

/**
 * One line that hints at what a container holds.
 * @example previewText({ id: 1, title: 'Hi' }) // '{ id: 1, title: "Hi" }'
 */
export function previewText(value: object, maxLength = 60): string {
  const isArray = Array.isArray(value);
  const entries = entriesOf(value);
  const parts: string[] = [];
  let length = 0;
  for (const [name, item] of entries) {
    const kind = jsonKind(item);
    const shown =
      kind === 'array' ? `[${(item as unknown[]).length}]` : kind === 'object' ? '{…}' : short(JSON.stringify(item ?? null), 24);
    const part = isArray ? shown : `${name}: ${shown}`;
    length += part.length + 2;
    if (parts.length > 0 && length > maxLength) {
      parts.push('…');
      break;
    }
    parts.push(part);
  }
  const inside = parts.join(', ');
  if (isArray) return `[${inside}]`;
  return inside ? `{ ${inside} }` : '{}';
}

/** The beginning of a text that is longer than `max` characters. */
export const short = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max)}…` : text);
