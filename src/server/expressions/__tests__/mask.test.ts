import { describe, expect, test } from 'vitest';
import { createEnvironmentMasker, createSecretMasker } from '..';

describe('createSecretMasker', () => {
  const mask = createSecretMasker({
    TOKEN: 'abc.def+123456',
    LONGER: 'abc.def+123456789',
    SHORT: 'test',
    TINY: 'abc',
    NUMBER: 12345678,
    EMPTY: '',
  });

  test.each<[unknown, unknown]>([
    ['abc.def+123456', '******'],
    ['Bearer abc.def+123456', 'Bearer ******'],
    ['xabc.def+123456x', 'x******x'],
    ['abc.def+123456789', '******'],
    ['abcXdef+123456', 'abcXdef+123456'],
    ['latest test, "test"', 'latest ******, "******"'],
    ['abc', 'abc'],
    [12345678, 12345678],
    [null, null],
    [undefined, undefined],
    [
      { a: ['x', { b: 'k=abc.def+123456' }], 'abc.def+123456': 1 },
      { a: ['x', { b: 'k=******' }], '******': 1 },
    ],
  ])('%j', (value, expected) => {
    expect(mask(value)).toEqual(expected);
  });

  test('what holds no secret is not copied', () => {
    const clean = { a: 1, list: [{ b: 'x' }], at: new Date(0) };
    expect(mask(clean)).toBe(clean);
    const mixed = { clean, secret: 'abc.def+123456' };
    const masked = mask(mixed);
    expect(masked).not.toBe(mixed);
    expect(masked.clean).toBe(clean);
    expect(mixed.secret).toBe('abc.def+123456');
  });

  test('without secrets nothing is looked at', () => {
    const value = { get a(): never { throw new Error('read'); } };
    expect(createSecretMasker({})(value)).toBe(value);
    expect(createSecretMasker({ A: 'abc' })(value)).toBe(value);
  });
});

test('the secrets of the host are masked as they are now, plain variables stay', () => {
  const plain: Record<string, string> = { CITY: 'Amsterdam' };
  const secrets: Record<string, string> = {};
  const mask = createEnvironmentMasker({
    getVariables: () => ({ ...plain, ...secrets }),
    getNonSecretVariables: () => plain,
  });
  expect(mask('token-1234')).toBe('token-1234');
  secrets.TOKEN = 'token-1234';
  expect(mask(['token-1234', 'Amsterdam'])).toEqual(['******', 'Amsterdam']);
  secrets.TOKEN = 'token-5678';
  expect(mask(['token-1234', 'token-5678'])).toEqual(['token-1234', '******']);
  delete secrets.TOKEN;
  expect(mask('token-5678')).toBe('token-5678');
});
