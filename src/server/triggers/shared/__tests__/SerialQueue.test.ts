import { expect, test } from 'vitest';
import { SerialQueue } from '../SerialQueue';

test('tasks of one key run one after the other, others beside them, and draining waits for all', async () => {
  const queue = new SerialQueue();
  const log: string[] = [];
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  void queue.add('a', async () => {
    log.push('a1 begins');
    await gate;
    log.push('a1 ends');
  });
  void queue.add('a', async () => void log.push('a2'));
  await queue.add('b', async () => void log.push('b'));
  expect(log).toEqual(['a1 begins', 'b']);
  open();
  await queue.drain();
  expect(log).toEqual(['a1 begins', 'b', 'a1 ends', 'a2']);
});
