import { describe, expect, test } from 'vitest';
import { validateWithSchema } from '../../../contract/validateWithSchema';
import { collectionConfigSchema } from '../configSchema';

const problems = (config: Record<string, unknown>) => validateWithSchema(collectionConfigSchema, config);

describe('collectionConfigSchema', () => {
  test.each<Record<string, unknown>>([
    { collection: 'posts' },
    { collection: 'posts', mode: 1, changed: ['title'], appends: ['category'] },
    { collection: 'posts', mode: '2' },
    { collection: 'posts', mode: 3, condition: null },
    { collection: 'posts', mode: 4, condition: { $and: [] }, rollbackOnFailure: true, more: 1 },
  ])('accepts %j', (config) => {
    expect(problems(config)).toBeNull();
  });

  test.each<[Record<string, unknown>, Record<string, string>]>([
    [{}, { collection: '"collection" is required' }],
    [{ collection: 'posts', mode: 0 }, { mode: '"mode" must be one of [1, 2, 4, 3]' }],
    [{ collection: 'posts', mode: 5 }, { mode: '"mode" must be one of [1, 2, 4, 3]' }],
    [{ collection: 'posts', mode: null }, { mode: '"mode" must be one of [1, 2, 4, 3]' }],
    [{ collection: 'posts', changed: ['title'] }, { changed: '"changed" is not allowed' }],
    [{ collection: 'posts', appends: ['tags'] }, { appends: '"appends" is not allowed' }],
    [{ collection: 'posts', mode: 1, changed: 'title' }, { changed: '"changed" must be an array' }],
    [{ collection: 'posts', mode: 1, appends: [1] }, { 'appends.0': '"appends[0]" must be a string' }],
    [{ collection: 'posts', condition: 'x' }, { condition: '"condition" must be of type object' }],
    [{ collection: 'posts', rollbackOnFailure: 'x' }, { rollbackOnFailure: '"rollbackOnFailure" must be a boolean' }],
    [{ collection: 1 }, { collection: '"collection" must be a string' }],
  ])('refuses %j', (config, expected) => {
    expect(problems(config)).toEqual(expected);
  });
});
