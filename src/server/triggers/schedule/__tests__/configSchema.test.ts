import { describe, expect, test } from 'vitest';
import { validateWithSchema } from '../../../contract/validateWithSchema';
import { scheduleConfigSchema } from '../configSchema';

const problems = (config: Record<string, unknown>) => validateWithSchema(scheduleConfigSchema, config);

describe('scheduleConfigSchema', () => {
  test.each<[string, Record<string, unknown>]>([
    ['nothing', {}],
    ['a one-time schedule', { mode: 0, startsOn: '2026-01-01T00:00:00.000Z' }],
    ['emptied fields', { mode: 0, startsOn: '', endsOn: null, repeat: null, limit: null, timezone: '', missed: null }],
    ['an emptied repeat', { mode: 0, repeat: '' }],
    ['cron with a zone', { mode: 0, startsOn: '2026-01-01T00:00:00', repeat: '0 2 * * *', timezone: 'Asia/Tokyo' }],
    ['a policy', { mode: 0, missed: { policy: 'all', max: 3 } }],
    ['a date field', { mode: 1, collection: 'posts', startsOn: { field: 'createdAt', offset: -2, unit: 1000 } }],
    ['a date field with an absolute end', { mode: 1, startsOn: {}, endsOn: '2026-01-01T00:00:00Z' }],
    ['a date field with an empty end', { mode: 1, startsOn: { field: 'createdAt' }, endsOn: {} }],
    ['a date field with an end field', { mode: 1, endsOn: { field: 'closedAt', offset: 1 }, appends: ['author'] }],
    ['keys of other products', { mode: 0, color: 'red' }],
  ])('accepts %s', (_, config) => {
    expect(problems(config)).toBeNull();
  });

  test.each<[Record<string, unknown>, string]>([
    [{ mode: 2 }, 'mode'],
    [{ mode: null }, 'mode'],
    [{ mode: {} }, 'mode'],
    [{ mode: 0, startsOn: 'soon' }, 'startsOn'],
    [{ mode: 0, startsOn: {} }, 'startsOn'],
    [{ mode: 0, endsOn: ['2026-01-01'] }, 'endsOn'],
    [{ mode: 1, startsOn: '2026-01-01' }, 'startsOn'],
    [{ mode: 1, startsOn: { field: 7 } }, 'startsOn.field'],
    [{ mode: 1, startsOn: { field: 'a', offset: 'x' } }, 'startsOn.offset'],
    [{ mode: 1, startsOn: { field: 'a', unit: 5 } }, 'startsOn.unit'],
    [{ mode: 1, endsOn: 'soon' }, 'endsOn'],
    [{ mode: 1, endsOn: { field: 'a', unit: 'day' } }, 'endsOn.unit'],
    [{ repeat: 'nonsense' }, 'repeat'],
    [{ repeat: '0 0 31 2 *' }, 'repeat'],
    [{ repeat: 10 }, 'repeat'],
    [{ repeat: {} }, 'repeat'],
    [{ repeat: true }, 'repeat'],
    [{ limit: -1 }, 'limit'],
    [{ limit: 'many' }, 'limit'],
    [{ appends: 'author' }, 'appends'],
    [{ appends: [1] }, 'appends.0'],
    [{ collection: [] }, 'collection'],
    [{ timezone: 'Mars/Olympus' }, 'timezone'],
    [{ timezone: 1 }, 'timezone'],
    [{ missed: 'all' }, 'missed'],
    [{ missed: { policy: 'maybe' } }, 'missed.policy'],
    [{ missed: {} }, 'missed.policy'],
    [{ missed: { policy: 'all', max: 0 } }, 'missed.max'],
  ])('refuses %j for %s', (config, field) => {
    const found = problems(config);
    expect(Object.keys(found ?? {})).toEqual([field]);
    expect(found?.[field]).toContain(`"${field.replace(/\.(\d+)/, '[$1]')}"`);
  });
});
