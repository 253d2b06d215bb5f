import { describe, expect, test } from 'vitest';
import { touchesWatchedField, type FieldSource } from '../changedFields';

const TYPES: Record<string, { type: string; foreignKey?: string }> = {
  title: { type: 'string' },
  read: { type: 'integer' },
  category: { type: 'belongsTo', foreignKey: 'categoryId' },
  tags: { type: 'belongsToMany' },
  comments: { type: 'hasMany' },
  cover: { type: 'hasOne' },
};
const posts: FieldSource = {
  getField: (name) => (Object.hasOwn(TYPES, name) ? { options: TYPES[name] } : undefined),
};

describe('touchesWatchedField', () => {
  test.each<[string, unknown, string[], boolean]>([
    ['nothing watched', [], ['read'], true],
    ['no list', undefined, [], true],
    ['a watched field', ['title'], ['read', 'title'], true],
    ['another field', ['title'], ['read'], false],
    ['one of several', ['title', 'read'], ['read'], true],
    ['nothing changed', ['title'], [], false],
    ['a to-one association by its key', ['category'], ['categoryId'], true],
    ['a to-one association untouched', ['category'], ['title'], false],
    ['associations that others hold', ['tags', 'comments', 'cover'], ['tags', 'comments', 'cover'], false],
    ['a field that is gone', ['gone'], ['gone'], false],
  ])('%s', (_, watched, changed, expected) => {
    expect(touchesWatchedField(watched, changed, posts)).toBe(expected);
  });
});
