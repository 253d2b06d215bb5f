const TEMPLATE = /{{\s*([^{}]+?)\s*}}/g;
const WHOLE = /^\s*{{\s*([^{}]+?)\s*}}\s*$/;

/** A piece of a text: words as they are, or a variable. */
export type Token = { kind: 'text'; text: string } | { kind: 'variable'; raw: string; path: readonly string[] };

const segments = (inner: string): string[] => {
  // `{{path:default}}` gives a text for paths that lead nowhere.
  const [path = ''] = inner.split(':');
  const parts = path.trim().split('.');
  return parts[0] === 'ctx' && parts[1]?.startsWith('$') ? parts.slice(1) : parts;
};

/** @example parseTemplate('n={{$context.id}}') // text 'n=', variable ['$context', 'id'] */
export function parseTemplate(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(TEMPLATE)) {
    if (match.index > end) tokens.push({ kind: 'text', text: text.slice(end, match.index) });
    tokens.push({ kind: 'variable', raw: match[0], path: segments(match[1]!) });
    end = match.index + match[0].length;
  }
  if (end < text.length) tokens.push({ kind: 'text', text: text.slice(end) });
  return tokens;
}

/** Path of a value that is one variable and nothing else; null for constants. */
export function variablePath(value: unknown): readonly string[] | null {
  const match = typeof value === 'string' ? WHOLE.exec(value) : null;
  return match ? segments(match[1]!) : null;
}

/** @example templateOf(['$context', 'data']) // '{{$context.data}}' */
export const templateOf = (path: readonly string[]): string => `{{${path.join('.')}}}`;
