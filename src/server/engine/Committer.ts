import { AsyncResource } from 'node:async_hooks';
import type { RunStore } from './ports';
import type { RunCommit } from './types';

interface Waiting {
  commit: RunCommit;
  resolve(held: boolean): void;
  reject(error: unknown): void;
}

/**
 * Group commit: while one transaction is under way, the commits of other runs gather and share the next one.
 * A lone commit is not delayed. When a batch fails, each of its commits is tried alone, so that a run whose data
 * cannot be stored harms nobody else.
 */
export class Committer {
  private waiting: Waiting[] = [];
  private working = false;
  /** a batch belongs to no caller */
  private readonly scope = new AsyncResource('WorkflowCommitter');

  constructor(
    private readonly store: Pick<RunStore, 'commit'>,
    /** true when the storage itself is gone: trying the commits one by one would only take longer */
    private readonly isStorageFailure: (error: unknown) => boolean,
    private readonly maxBatch = 200,
  ) {}

  /** @returns whether the guard held; rejects when the write itself failed, so nothing of it is stored */
  commit(commit: RunCommit): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ commit, resolve, reject });
      if (!this.working) {
        this.working = true;
        this.scope.runInAsyncScope(() => setImmediate(() => void this.work()));
      }
    });
  }

  private async work(): Promise<void> {
    while (this.waiting.length > 0) {
      await this.write(this.takeBatch());
    }
    this.working = false;
  }

  private async write(batch: Waiting[]): Promise<void> {
    try {
      const held = await this.store.commit(batch.map(({ commit }) => commit));
      for (const { commit, resolve } of batch) {
        resolve(held.has(commit.id));
      }
    } catch (error) {
      if (batch.length > 1 && !this.isStorageFailure(error)) {
        for (const entry of batch) {
          await this.write([entry]);
        }
        return;
      }
      this.rejectAll(batch, error);
    }
  }

  /** What a run wanted to store after the write that failed must not be stored without it. */
  private rejectAll(batch: Waiting[], error: unknown): void {
    const failed = new Set(batch.map(({ commit }) => commit.id));
    const later = this.waiting.filter(({ commit }) => failed.has(commit.id));
    this.waiting = this.waiting.filter(({ commit }) => !failed.has(commit.id));
    for (const { reject } of [...batch, ...later]) {
      reject(error);
    }
  }

  /** One run may stand in a batch only once: its second write has to see its first. */
  private takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    const rest: Waiting[] = [];
    const ids = new Set<string>();
    for (const entry of this.waiting) {
      if (batch.length < this.maxBatch && !ids.has(entry.commit.id)) {
        ids.add(entry.commit.id);
        batch.push(entry);
      } else {
        rest.push(entry);
      }
    }
    this.waiting = rest;
    return batch;
  }
}
