import { describe, expect, it } from 'vitest';
import { decodeDate, decodeJson, encodeJson } from '../codec';

describe('JSON for a column', () => {
  it.each([
    [undefined, null],
    [null, null],
    [() => 1, null],
    ['', '""'],
    [0, '0'],
    [NaN, 'null'],
    [{ a: undefined, b: null }, '{"b":null}'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
    [2n ** 70n, '"1180591620717411303424"'],
    [[{ n: 1n }], '[{"n":"1"}]'],
  ])('of %o', (value, text) => {
    expect(encodeJson(value)).toBe(text);
  });

  it.each([
    ['a NUL', 'a\u0000b', 'ab'],
    ['several NULs', '\u0000\u0000', ''],
    ['a NUL behind backslashes', '\\\\\u0000', '\\\\'],
    ['the letters of an escape', '\\u0000', '\\u0000'],
    ['the letters of an escape behind a backslash', '\\\\u0000', '\\\\u0000'],
    ['both', '\\u0000\u0000\\u0000', '\\u0000\\u0000'],
    ['a high half', 'a\ud83d', 'a\ufffd'],
    ['a low half', '\ude00b', '\ufffdb'],
    ['halves in the wrong order', '\ude00\ud83d', '\ufffd\ufffd'],
    ['a whole character', '🙂', '🙂'],
    ['the letters of half a character', '\\ud83d', '\\ud83d'],
    ['other control characters', '\u0001\u001f', '\u0001\u001f'],
  ])('can be stored with %s', (_name, value, stored) => {
    const text = encodeJson({ [value]: value })!;
    expect(text).not.toMatch(/(?<!\\)(\\\\)*\\u0000/);
    expect(JSON.parse(text)).toEqual({ [stored]: stored });
  });

  it('cuts cycles, and nothing that merely comes twice', () => {
    const shared = { n: 1n };
    const list: unknown[] = [shared, shared];
    const value: Record<string, unknown> = { list, parent: { shared } };
    (value.parent as Record<string, unknown>).value = value;
    list.push(list);
    expect(JSON.parse(encodeJson(value)!)).toEqual({
      list: [{ n: '1' }, { n: '1' }, '[Circular]'],
      parent: { shared: { n: '1' }, value: '[Circular]' },
    });
  });

  it('uses what values say of themselves', () => {
    const big = 1n;
    expect(encodeJson({ big, at: new Date(0), it: { toJSON: () => ({ big }) } })).toBe(
      '{"big":"1","at":"1970-01-01T00:00:00.000Z","it":{"big":"1"}}',
    );
  });
});

describe('values of a column', () => {
  it('JSON comes as text, or parsed by the driver', () => {
    expect(decodeJson('{"a":[1]}')).toEqual({ a: [1] });
    expect(decodeJson('"text"')).toBe('text');
    expect(decodeJson({ a: 1 })).toEqual({ a: 1 });
    expect(decodeJson(null)).toBeNull();
    expect(decodeJson(undefined)).toBeNull();
  });

  it('instants come as milliseconds, as text or as dates', () => {
    const at = new Date('2026-03-29T01:30:00.123Z');
    expect(decodeDate(at.getTime())).toEqual(at);
    expect(decodeDate(`${at.getTime()}.000000`)).toEqual(at);
    expect(decodeDate('2026-03-29 01:30:00.123 +00:00')).toEqual(at);
    expect(decodeDate(at)).toEqual(at);
    expect(decodeDate(null)).toBeNull();
  });
});
