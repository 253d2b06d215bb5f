import { describe, expect, it } from 'vitest';
import { parseTyped, substitute, testVariables, typedText } from '../dialogs/testValues';

const CONFIG = {
  expression: '{{$context.data.amount}} + {{$jobsMapByNodeKey.k1}}',
  whole: '{{$context.data.amount}}',
  secret: '{{$env.TOKEN}}',
};
const SAMPLES = { context: { data: { amount: 500 } }, results: { k1: [1, 2] } };

describe('values of a test run', () => {
  it('are those of the last execution; secrets stay variables', () => {
    expect(testVariables(CONFIG, SAMPLES).map(({ raw, sample }) => [raw, sample])).toEqual([
      ['{{$context.data.amount}}', 500],
      ['{{$jobsMapByNodeKey.k1}}', [1, 2]],
    ]);
  });

  it('keep their type where the variable stands alone, and are text in texts', () => {
    const values = new Map<string, unknown>([
      ['{{$context.data.amount}}', 500],
      ['{{$jobsMapByNodeKey.k1}}', [1, 2]],
    ]);
    expect(substitute(CONFIG, values)).toEqual({ expression: '500 + [1,2]', whole: 500, secret: '{{$env.TOKEN}}' });
  });

  it.each([500, 'text', '500', true, null, { a: [1] }, 'true'])('%j survives being shown and read again', (value) => {
    expect(parseTyped(typedText(value))).toEqual(value);
  });
});
