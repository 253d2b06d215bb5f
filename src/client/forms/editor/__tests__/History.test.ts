import { expect, test } from 'vitest';
import { History } from '../History';

const entry = (text: string) => ({ text, caret: text.length });

test('words typed in one go are undone together, steps one by one', () => {
  const history = new History('');
  history.push(entry('a'), 1000);
  history.push(entry('ab'), 1100);
  history.push(entry('abc'), 5000);
  history.push(entry('abcX'), 5050, true);
  history.push(entry('abcXY'), 5060, true);
  expect([history.undo()?.text, history.undo()?.text, history.undo()?.text, history.undo()?.text]).toEqual(['abcX', 'abc', 'ab', '']);
  expect(history.undo()).toBeUndefined();
  expect(history.redo()?.text).toBe('ab');
});

test('a change after an undo forgets what was undone', () => {
  const history = new History('');
  history.push(entry('a'), 1000, true);
  history.undo();
  history.push(entry('b'), 2000, true);
  expect(history.redo()).toBeUndefined();
  expect(history.undo()?.text).toBe('');
});
