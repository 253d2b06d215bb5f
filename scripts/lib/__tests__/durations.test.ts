import { join } from 'node:path';
import { expect, it } from 'vitest';
import { durationTable, fileDurations } from '../durations.mjs';
import { ROOT } from '../paths.mjs';

it('names the parts, the whole and the ten slowest files', () => {
  const testResults = Array.from({ length: 12 }, (_, i) => ({ name: join(ROOT, `a/${i}.test.ts`), startTime: 0, endTime: i * 10_000 }));
  const lines = durationTable([{ name: 'unit', ms: 59_000 }, { name: 'e2e', ms: 65_000 }], fileDurations({ testResults }), 124_000).split('\n');
  expect(lines.map((line) => line.trim()).slice(0, 6)).toEqual(['Parts', '59 s  unit', '1 min 5 s  e2e', '2 min 4 s  all', 'Slowest files', '1 min 50 s  a/11.test.ts']);
  expect(lines).toHaveLength(15);
});
