import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { createOwner, isDeadOwner } from '../owner';

const self = createOwner();
const [machine] = self.split('/');

async function pidOfTheDead(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid!;
}

it('names machine and process, and every application of a process differently', () => {
  expect(self).toMatch(new RegExp(`^[^/]+/${process.pid}/[0-9a-f]{8}$`));
  const other = createOwner();
  expect(other).not.toBe(self);
  expect(other.startsWith(`${machine}/${process.pid}/`)).toBe(true);
});

it('takes nobody for dead who may be alive', () => {
  expect(isDeadOwner(self, self)).toBe(false);
  expect(isDeadOwner(createOwner(), self)).toBe(false);
  expect(isDeadOwner(`${machine}/${process.ppid}/12345678`, self)).toBe(false);
  expect(isDeadOwner(`${machine}/1/12345678`, self)).toBe(false);
});

it('knows a process that has ended', async () => {
  expect(isDeadOwner(`${machine}/${await pidOfTheDead()}/12345678`, self)).toBe(true);
});

it('knows a process that had the same number before', () => {
  expect(isDeadOwner(`${machine}/${process.pid}/12345678`, self)).toBe(true);
});

it('says nothing about other machines, or about names it does not understand', async () => {
  expect(isDeadOwner(`elsewhere/${await pidOfTheDead()}/12345678`, self)).toBe(false);
  expect(isDeadOwner(`${machine}`, self)).toBe(false);
  expect(isDeadOwner('', self)).toBe(false);
});
