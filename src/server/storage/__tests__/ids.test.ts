import { describe, expect, it } from 'vitest';
import { ExecutionIds, HOST_EPOCH_MS, JobIds, SafeJobIds } from '../ids';

const ascending = (ids: bigint[]) => ids.every((id, i) => i === 0 || id > ids[i - 1]!);
const many = (next: () => bigint | string, count: number) => Array.from({ length: count }, () => BigInt(next()));

describe('execution ids', () => {
  it('ascend within a process, even when the clock stands still or goes back', () => {
    let now = HOST_EPOCH_MS + 5_000;
    const ids = new ExecutionIds(() => now);
    const first = many(() => ids.next(), 5_000);
    now -= 3_000;
    const second = many(() => ids.next(), 100);
    expect(ascending([...first, ...second])).toBe(true);
  });

  it('sort by time together with those of the host: seconds above 21 bits', () => {
    const ids = new ExecutionIds(() => HOST_EPOCH_MS + 7_250);
    const id = BigInt(ids.next());
    expect(id >> 21n).toBe(7n);
    expect((id & 0x1fffffn) >> 11n).toBe(250n);
  });

  it('are exact as JavaScript numbers for the next hundred years', () => {
    const ids = new ExecutionIds(() => HOST_EPOCH_MS + 100 * 366 * 86_400_000);
    expect(Number.isSafeInteger(Number(ids.next()))).toBe(true);
  });

  it('of two processes in the same millisecond mostly differ', () => {
    const at = () => HOST_EPOCH_MS + 1_000;
    const firsts = Array.from({ length: 50 }, () => new ExecutionIds(at).next());
    expect(new Set(firsts).size).toBeGreaterThan(25);
  });
});

describe('job ids', () => {
  it('ascend, and differ between processes', () => {
    const at = () => 10_000;
    const [a, b] = [new JobIds(0, 1, at), new JobIds(0, 2, at)];
    const fromA = many(() => a.next(), 5_000);
    expect(ascending(fromA)).toBe(true);
    expect(fromA).not.toContain(BigInt(b.next()));
  });

  it('never go below zero when the clock is before the epoch', () => {
    expect(new JobIds(1_000, 0, () => 0).getUniqueID()).toBeGreaterThanOrEqual(0n);
  });
});

describe('job ids for SQLite', () => {
  it('are exact as JavaScript numbers, and ascend', () => {
    const ids = new SafeJobIds(HOST_EPOCH_MS, () => HOST_EPOCH_MS + 100 * 366 * 86_400_000);
    const all = many(() => ids.next(), 5_000);
    expect(ascending(all)).toBe(true);
    expect(all.every((id) => Number.isSafeInteger(Number(id)))).toBe(true);
  });

  it('come behind those that are there', () => {
    const ids = new SafeJobIds(0, () => 1_000);
    ids.startAfter(10_267_424_896_650_241n);
    expect(ids.next()).toBe('10267424896650242');
    ids.startAfter(5n);
    expect(ids.next()).toBe('10267424896650243');
  });
});
