import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCE = join(import.meta.dirname, '../../..');
const LOCALES = ['en-US', 'zh-CN', 'fr-FR', 'id-ID', 'nl-NL', 'sv-SE'];

const locale = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(SOURCE, `locale/${language}.json`), 'utf8'));

function textsIn(folder: string): string[] {
  return readdirSync(join(SOURCE, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('__tests__'))
    .flatMap((name) => {
      const code = readFileSync(join(SOURCE, folder, name), 'utf8');
      return [...code.matchAll(/(?<![\w.])(?:this\.)?(?:t|tExpr)\('([^']+)'/g)].map(([, text]) => text!);
    });
}

describe('locales', () => {
  const english = Object.keys(locale('en-US')).sort();

  it.each(LOCALES)('%s translates every text, none to nothing', (language) => {
    const texts = locale(language);
    expect(Object.keys(texts).sort()).toEqual(english);
    expect(Object.values(texts).every((text) => text.trim())).toBe(true);
  });

  it('hold every text of both clients', () => {
    const missing = [...textsIn('client'), ...textsIn('client-v2')].filter((text) => !english.includes(text));
    expect(missing).toEqual([]);
  });

  it('pin the message of a rolled back write', () => {
    expect(locale('zh-CN')['System process failed, please contact administrator.']).toBe('系统处理失败，请联系管理员。');
  });
});
