import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const SOURCE = join(import.meta.dirname, '../../..');
const LOCALES = ['en-US', 'zh-CN', 'fr-FR', 'id-ID', 'nl-NL', 'sv-SE'];
/** Everything that is shown in a browser, and what the server refuses with. */
const FOLDERS = ['client', 'client-v1', 'client-v2', 'common', 'server'];
/** Functions that take a key, and which of their arguments it is: of the port, of the host, of templates, of the server. */
const TRANSLATING: Record<string, number> = { t: 0, tExpr: 0, refuse: 2 };

const locale = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(SOURCE, `locale/${language}.json`), 'utf8'));

/** Keys that an argument may be: a literal, or either side of a choice between literals. */
function literals(node: ts.Expression | undefined): string[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)];
  if (ts.isParenthesizedExpression(node)) return literals(node.expression);
  return [];
}

function keysIn(file: string): string[] {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, false, kind);
  const keys: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const { expression } = node;
      const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : ts.isIdentifier(expression) ? expression.text : '';
      const position = Object.hasOwn(TRANSLATING, name) ? TRANSLATING[name] : undefined;
      if (position !== undefined) keys.push(...literals(node.arguments[position]));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return keys;
}

const filesOf = (folder: string): string[] =>
  readdirSync(join(SOURCE, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('__tests__'))
    .map((name) => join(SOURCE, folder, name));

const placeholders = (text: string): string[] => [...text.matchAll(/{{\s*(\w+)\s*}}/g)].map(([, name]) => name!).sort();

describe('locales', () => {
  const english = locale('en-US');
  const keys = Object.keys(english).sort();

  it.each(LOCALES)('%s translates every text, none to nothing', (language) => {
    const texts = locale(language);
    expect(Object.keys(texts).sort()).toEqual(keys);
    expect(Object.entries(texts).filter(([, text]) => !text.trim())).toEqual([]);
  });

  it.each(LOCALES)('%s keeps what is put into the texts', (language) => {
    const changed = Object.entries(locale(language)).filter(
      ([key, text]) => placeholders(text).join() !== placeholders(english[key] ?? '').join(),
    );
    expect(changed).toEqual([]);
  });

  it.each(FOLDERS)('hold every text of src/%s', (folder) => {
    const missing = filesOf(folder).flatMap((file) =>
      keysIn(file)
        .filter((key) => !(key in english))
        .map((key) => `${file.slice(SOURCE.length + 1)}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it('are looked for in the files that show them', () => {
    expect(FOLDERS.flatMap(filesOf).flatMap(keysIn).length).toBeGreaterThan(300);
  });

  it('pin the message of a rolled back write', () => {
    expect(locale('zh-CN')['System process failed, please contact administrator.']).toBe('系统处理失败，请联系管理员。');
  });
});
