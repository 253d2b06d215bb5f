import type { Attempt, Signal } from './types';

export interface AttemptsSnapshot {
  unsaved: Attempt[];
  stored: Array<[jobId: string, signalId: string]>;
}

/** Work that nodes of one run do in the background, by job: what the database knows of it, and what it has to be told. */
export class BackgroundAttempts {
  private unsaved: Attempt[] = [];
  /** ids of the signals, by job */
  private stored: Map<string, string>;

  constructor(signals: Signal[]) {
    this.stored = new Map(signals.flatMap((signal) => (signal.kind === 'retry' ? [[signal.jobId, signal.id] as const] : [])));
  }

  get hasUnsaved(): boolean {
    return this.unsaved.length > 0;
  }

  /** A node goes on working; stored with the next commit. */
  note(attempt: Attempt): void {
    this.unsaved = [...this.unsaved.filter(({ jobId }) => jobId !== attempt.jobId), attempt];
  }

  /** The job is answered, or its work begins again. @returns the signal to delete, if there is one */
  settle(jobId: string): string[] {
    this.unsaved = this.unsaved.filter((attempt) => attempt.jobId !== jobId);
    const id = this.stored.get(jobId);
    this.stored.delete(jobId);
    return id === undefined ? [] : [id];
  }

  /** What the next commit has to store; from now on it counts as stored. */
  take(): Attempt[] {
    const attempts = this.unsaved;
    this.unsaved = [];
    for (const { jobId, id } of attempts) {
      this.stored.set(jobId, id);
    }
    return attempts;
  }

  /** The run ends. @returns the signals to delete */
  end(): string[] {
    const ids = [...this.stored.values()];
    this.unsaved = [];
    this.stored.clear();
    return ids;
  }

  snapshot(): AttemptsSnapshot {
    return { unsaved: [...this.unsaved], stored: [...this.stored] };
  }

  restore({ unsaved, stored }: AttemptsSnapshot): void {
    this.unsaved = [...unsaved];
    this.stored = new Map(stored);
  }
}
