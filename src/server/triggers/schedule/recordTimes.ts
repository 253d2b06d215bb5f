import type { DateFieldConfig, FieldTime } from './config';
import type { Recurrence } from './recurrence';
import { parseTime } from './zone';

/** Reads a field of a record. */
export type FieldReader = (field: string) => unknown;

function readTime({ field, offsetMs }: FieldTime, read: FieldReader, zone?: string): number | null {
  const serverZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const at = parseTime(read(field), zone ?? serverZone);
  return at === null ? null : at + offsetMs;
}

/**
 * When a record fires. Fields without a time zone hold local time, of the configured zone or of the server.
 * @returns null when the record has no start
 */
export function getRecordRecurrence(config: DateFieldConfig, read: FieldReader): Recurrence | null {
  const { start, end, repeat, zone } = config;
  const startAt = start && readTime(start, read, zone);
  if (startAt === null) {
    return null;
  }
  const endAt = end !== null && typeof end === 'object' ? readTime(end, read, zone) : end;
  return { startAt, repeat, endAt, includesStart: true, zone };
}
