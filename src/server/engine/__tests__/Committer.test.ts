import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from 'vitest';
import { Committer } from '../Committer';
import type { RunCommit } from '../types';

const isStorageFailure = (error: unknown) => (error as Error).message === 'gone';

function commitOf(id: string, values: Partial<RunCommit> = {}): RunCommit {
  return {
    id,
    workflowId: 'w1',
    key: 'k1',
    epoch: 1,
    nextEpoch: 1,
    inserts: [],
    updates: [],
    status: 0,
    reason: null,
    startedAt: null,
    expiresAt: null,
    cursor: null,
    release: false,
    consumedSignalIds: [],
    ...values,
  };
}

/** A store whose writes end when the test says so. */
class SlowStore {
  readonly batches: string[][] = [];
  private readonly open: Array<{ ids: string[]; resolve(held: Set<string>): void; reject(error: Error): void }> = [];

  commit(commits: RunCommit[]): Promise<Set<string>> {
    const ids = commits.map(({ id }) => id);
    this.batches.push(ids);
    return new Promise((resolve, reject) => this.open.push({ ids, resolve, reject }));
  }

  /** Ends the oldest write, when it has begun. */
  async end({ held, error }: { held?: string[]; error?: Error } = {}): Promise<void> {
    while (this.open.length === 0) {
      await new Promise(setImmediate);
    }
    const { ids, resolve, reject } = this.open.shift()!;
    if (error) {
      reject(error);
    } else {
      resolve(new Set(held ?? ids));
    }
    await new Promise(setImmediate);
  }
}

function setUp(maxBatch?: number) {
  const store = new SlowStore();
  const committer = new Committer(store, isStorageFailure, maxBatch);
  const outcome = (id: string) => committer.commit(commitOf(id)).catch((error: Error) => error.message);
  return { store, committer, outcome };
}

describe('group commit', () => {
  it('writes commits of the same moment together, and those that come meanwhile with the next', async () => {
    const { store, outcome } = setUp();
    const first = [outcome('1'), outcome('2')];
    await store.end();
    expect(await Promise.all(first)).toEqual([true, true]);
    const next = [outcome('3'), outcome('4'), outcome('5')];
    const late = new Promise((resolve) => setImmediate(resolve)).then(() => Promise.all([outcome('6'), outcome('7')]));
    await store.end();
    await store.end();
    await Promise.all([...next, late]);
    expect(store.batches).toEqual([['1', '2'], ['3', '4', '5'], ['6', '7']]);
  });

  it('tells each run whether its guard held', async () => {
    const { store, outcome } = setUp();
    const outcomes = [outcome('1'), outcome('2')];
    await store.end({ held: ['2'] });
    expect(await Promise.all(outcomes)).toEqual([false, true]);
  });

  it('keeps a batch small', async () => {
    const { store, outcome } = setUp(2);
    const outcomes = ['1', '2', '3', '4', '5'].map(outcome);
    await store.end();
    await store.end();
    await store.end();
    await Promise.all(outcomes);
    expect(store.batches).toEqual([['1', '2'], ['3', '4'], ['5']]);
  });

  it('writes a run once per batch, in order', async () => {
    const { store, outcome } = setUp();
    const outcomes = ['1', '2', '1', '1', '3'].map(outcome);
    for (let i = 0; i < 3; i += 1) {
      await store.end();
    }
    await Promise.all(outcomes);
    expect(store.batches).toEqual([['1', '2', '3'], ['1'], ['1']]);
  });

  it('does not carry the context of whoever came first', async () => {
    const context = new AsyncLocalStorage<string>();
    const seen: Array<string | undefined> = [];
    const committer = new Committer(
      {
        commit: async (commits) => {
          seen.push(context.getStore());
          return new Set(commits.map(({ id }) => id));
        },
      },
      isStorageFailure,
    );
    await context.run('request', () => committer.commit(commitOf('1')));
    expect(seen).toEqual([undefined]);
  });
});

describe('a write that fails', () => {
  it('fails its own run only', async () => {
    const { store, outcome } = setUp();
    const outcomes = ['1', 'bad', '3'].map(outcome);
    await store.end({ error: new Error('cannot be stored') });
    await store.end();
    await store.end({ error: new Error('cannot be stored') });
    await store.end();
    expect(await Promise.all(outcomes)).toEqual([true, 'cannot be stored', true]);
    expect(store.batches).toEqual([['1', 'bad', '3'], ['1'], ['bad'], ['3']]);
  });

  it('because the storage is gone fails all at once', async () => {
    const { store, outcome } = setUp();
    const outcomes = ['1', '2'].map(outcome);
    await store.end({ error: new Error('gone') });
    expect(await Promise.all(outcomes)).toEqual(['gone', 'gone']);
    expect(store.batches).toHaveLength(1);
  });

  it('takes with it what the same run wanted to store afterwards', async () => {
    const { store, outcome } = setUp();
    const outcomes = ['1', '1', '2'].map(outcome);
    await store.end({ error: new Error('gone') });
    expect(await Promise.all(outcomes)).toEqual(['gone', 'gone', 'gone']);
    expect(store.batches).toEqual([['1', '2']]);
  });

  it('does not stop those that come later', async () => {
    const { store, outcome } = setUp();
    const first = outcome('1');
    await store.end({ error: new Error('gone') });
    await first;
    const second = outcome('1');
    await store.end();
    expect(await second).toBe(true);
  });
});
