import { createHash } from 'node:crypto';

/** Columns for keys hold 255 characters; the workflow's key or id and an instant have to fit in as well. */
const MAX_LENGTH = 150;

/**
 * A record's key as text, for use in other keys.
 * @param key as `filterByTk` wants it
 * @example toSubject({ postId: 1, tagId: 2 }) // '1,2'
 */
export function toSubject(key: unknown): string {
  const text = typeof key === 'object' && key !== null ? Object.values(key).join(',') : String(key);
  return text.length > MAX_LENGTH ? createHash('sha256').update(text).digest('hex') : text;
}
