import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OpenCall } from '../../engine/calls';
import type { Run } from '../../engine/Run';
import { BackgroundWork } from '../BackgroundWork';

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

function world(jobId: string | null = '11') {
  const removed: string[] = [];
  let released = 0;
  const store = {
    removeAttempt: (executionId: string, id: string) => Promise.resolve(void removed.push(`${executionId} ${id}`)),
    releaseAttempts: () => Promise.resolve(void (released += 1)),
  };
  const call = { jobId } as OpenCall;
  const run = { id: 'e1', calls: [call] } as unknown as Run;
  return { background: new BackgroundWork(store, log), run, call, removed, released: () => released };
}

describe('work in the background', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('marks the open call; without one there is none', () => {
    const { background, run, call } = world();
    expect(background.begin(run)).toBeTypeOf('function');
    expect(call.background).toBe(true);
    expect(background.begin({ id: 'e1', calls: [] } as unknown as Run)).toBeUndefined();
  });

  it('that has ended leaves some time for the answer, then its attempt is removed, once', async () => {
    const { background, run, removed } = world();
    const done = background.begin(run)!;
    done();
    done();
    await vi.advanceTimersByTimeAsync(9_999);
    expect(removed).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(removed).toEqual(['e1 11']);
  });

  it('that has ended before there was a job is none', async () => {
    const { background, run, call, removed } = world(null);
    background.begin(run)!();
    expect(call.background).toBe(false);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(removed).toEqual([]);
  });

  it('is waited for when the process stops, but not for ever', async () => {
    const first = world();
    const done = first.background.begin(first.run)!;
    const stopped = first.background.stop(5_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(first.released()).toBe(0);
    done();
    await stopped;
    expect(first.released()).toBe(1);

    const second = world();
    second.background.begin(second.run);
    const cutOff = second.background.stop(5_000);
    await vi.advanceTimersByTimeAsync(5_000);
    await cutOff;
    expect(second.released()).toBe(1);
  });
});
