import type { Model } from '@nocobase/database';

/** Time stamps that are older tell of another save. */
const MAX_AGE_MS = 60_000;

/**
 * When a record was saved, as its own time stamps tell: the transaction may have taken a while since.
 * @returns milliseconds since 1970; now when the record has no recent time stamp
 */
export function getSaveTime(record: Model): number {
  const { updatedAt, createdAt } = (record.constructor as unknown as { _timestampAttributes: Record<string, string> })
    ._timestampAttributes;
  const now = Date.now();
  const stamps = [updatedAt, createdAt].map((name) => (name ? new Date(record.get(name) as Date).getTime() : NaN));
  return stamps.find((stamp) => stamp <= now && now - stamp < MAX_AGE_MS) ?? now;
}
