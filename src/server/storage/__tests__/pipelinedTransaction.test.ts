import { describe, expect, it } from 'vitest';
import type { SqlConnection } from '../connection';
import { pipelinedTransaction } from '../transactions';

/** A connection that answers when it is told to. */
function setUp() {
  const sent: string[] = [];
  const answers: Array<{ resolve: () => void; reject: (error: Error) => void }> = [];
  const send = (text: string) =>
    new Promise<void>((resolve, reject) => {
      sent.push(text);
      answers.push({ resolve, reject });
    });
  const connection: SqlConnection = { pipelines: true, exec: send, run: async ({ text }) => ({ rows: [{ text }], affected: (await send(text), 1) }) };
  const begin = () =>
    pipelinedTransaction(connection, 'BEGIN', async (locked) => (await locked.run({ name: 'claim', text: 'CLAIM', order: [] })).rows);
  return { sent, answers, begin };
}

describe('a pipelined transaction', () => {
  it('has sent all of itself before anything is answered, and ends with the answer to its work', async () => {
    const { sent, answers, begin } = setUp();
    const result = begin();
    expect(sent).toEqual(['BEGIN', 'CLAIM', 'COMMIT']);
    answers.forEach(({ resolve }) => resolve());
    expect(await result).toEqual([{ text: 'CLAIM' }]);
  });

  it('fails with what failed first, and not before the last answer is there', async () => {
    const { answers, begin } = setUp();
    let failure: Error | undefined;
    const result = begin().catch((error: Error) => (failure = error));
    answers[0]!.resolve();
    answers[1]!.reject(new Error('deadlock detected'));
    await new Promise(setImmediate);
    expect(failure).toBeUndefined();
    answers[2]!.resolve();
    await result;
    expect(failure).toEqual(new Error('deadlock detected'));
  });

  it('has not happened when its COMMIT failed', async () => {
    const { answers, begin } = setUp();
    const result = begin();
    answers[0]!.resolve();
    answers[1]!.resolve();
    answers[2]!.reject(new Error('connection gone'));
    await expect(result).rejects.toThrow('connection gone');
  });
});
