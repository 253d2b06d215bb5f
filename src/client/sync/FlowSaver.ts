import { changeBetween, compareDocuments, type FlowDocument } from '../document';
import type { FlowSaverOptions, SaverClock, SaveState } from './types';

const DELAY_MS = 600;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

const browserClock: SaverClock = {
  now: () => Date.now(),
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs);
    return () => clearTimeout(timer);
  },
};

type Verdict = 'conflict' | 'refused' | 'unreachable';

/** Requests that the server understood and refused would be refused again; everything else may pass. */
function verdictOn(error: unknown): Verdict {
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 409) return 'conflict';
  const isRefusal = typeof status === 'number' && status >= 400 && status < 500 && status !== 408 && status !== 429;
  return isRefusal ? 'refused' : 'unreachable';
}

/**
 * Keeps the stored flow equal to the edited one. It is told every new document and sends what differs from the stored
 * one, a short while after the last edit, one request at a time; edits made meanwhile go with the next request.
 */
export class FlowSaver {
  private readonly clock: SaverClock;
  private readonly delayMs: number;
  private readonly listeners = new Set<() => void>();
  private readonly waiting = new Set<{ resolve(): void; reject(error: unknown): void }>();
  private current: SaveState = { status: 'saved' };
  private saved: FlowDocument;
  private wanted: FlowDocument;
  private base: string | null;
  private isSending = false;
  private isDisposed = false;
  private failures = 0;
  /** sent without an answer that tells whether it was stored */
  private doubtful: FlowDocument[] = [];
  private cancelTimer: (() => void) | undefined;

  constructor(private readonly options: FlowSaverOptions) {
    this.clock = options.clock ?? browserClock;
    this.delayMs = options.delayMs ?? DELAY_MS;
    this.saved = options.saved;
    this.wanted = options.saved;
    this.base = options.revision;
  }

  /** Identical until something changes, as `useSyncExternalStore` wants it. */
  readonly getState = (): SaveState => this.current;

  /** Calls the listener at every change of the state. Returns how to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Whether leaving the page now would lose an edit. */
  get hasUnsavedChanges(): boolean {
    return this.isSending || changeBetween(this.saved, this.wanted) !== null;
  }

  /** revision that is stored, as far as this saver knows */
  get revision(): string | null {
    return this.base;
  }

  /** The document is now this one. */
  update(document: FlowDocument): void {
    if (document === this.wanted || this.isDisposed) return;
    this.wanted = document;
    if (this.current.status === 'conflict') return;
    if (!changeBetween(this.saved, document)) {
      if (!this.isSending) this.settle();
      return;
    }
    // While the server cannot be reached its own rhythm decides; a refusal may be cured by the very next edit.
    if (this.current.status === 'failed' && this.current.retryAt !== undefined) return;
    this.set({ ...this.current, status: 'saving', error: undefined });
    if (!this.isSending) this.schedule(this.delayMs);
  }

  /**
   * Sends at once what is not stored yet, e.g. before the page is left or the workflow enabled.
   * @throws what the server said, when it could not be stored
   */
  async flush(): Promise<void> {
    if (!this.hasUnsavedChanges) return;
    if (this.current.status === 'conflict') throw this.current.error;
    const done = new Promise<void>((resolve, reject) => this.waiting.add({ resolve, reject }));
    this.retry();
    await done;
  }

  /** Tries again now. */
  retry(): void {
    if (this.isSending || this.isDisposed || this.current.status === 'conflict') return;
    this.cancelTimer?.();
    void this.send();
  }

  /**
   * Settles a conflict, or takes in what was loaded afresh: `saved` is what is stored now. What the editor shows beyond
   * it is sent again, unless `discard` drops it.
   */
  rebase(saved: FlowDocument, revision: string | null, { discard = false }: { discard?: boolean } = {}): void {
    this.saved = saved;
    this.base = revision;
    if (discard) this.wanted = saved;
    this.failures = 0;
    this.set({ status: 'saving', savedAt: this.current.savedAt });
    if (!this.isSending) void this.send();
  }

  /** No request goes out any more; a request under way is not followed up. */
  dispose(): void {
    this.isDisposed = true;
    this.cancelTimer?.();
    this.listeners.clear();
    for (const { reject } of this.takeWaiting()) reject(new Error('The editor was closed before its changes were saved'));
  }

  private schedule(delayMs: number): void {
    this.cancelTimer?.();
    this.cancelTimer = this.clock.after(delayMs, () => void this.send());
  }

  private async send(): Promise<void> {
    if (this.isSending || this.isDisposed) return;
    const document = this.wanted;
    const change = changeBetween(this.saved, document);
    if (!change) {
      this.settle();
      return;
    }
    this.isSending = true;
    this.set({ status: 'saving', savedAt: this.current.savedAt });
    const stored = this.saved;
    try {
      const { revision, ids } = await this.options.save({ base: this.base, ...change });
      // Somebody may have settled on another stored document while the request was under way.
      if (this.saved === stored) {
        this.saved = document;
        this.base = revision;
      }
      this.failures = 0;
      this.doubtful = [];
      this.isSending = false;
      if (this.isDisposed) return;
      if (Object.keys(ids).length) this.options.onIds?.(ids);
      this.proceed();
    } catch (error) {
      const isSettled = verdictOn(error) === 'conflict' && (await this.isOwnSave());
      this.isSending = false;
      if (isSettled) {
        this.proceed();
      } else {
        if (verdictOn(error) === 'unreachable') this.doubtful.push(document);
        this.fail(error);
      }
    }
  }

  /** Whether the conflict is with a save of ours whose answer was lost; then it becomes the stored document. */
  private async isOwnSave(): Promise<boolean> {
    if (!this.doubtful.length || !this.options.load) return false;
    try {
      const { document, revision } = await this.options.load();
      const own = this.doubtful.find((sent) => compareDocuments(document, sent).isEmpty);
      if (!own) return false;
      this.saved = own;
      this.base = revision;
      this.doubtful = [];
      return true;
    } catch {
      // Whoever settles the conflict reads it again, and sees why it cannot be read.
      return false;
    }
  }

  /** After a success: edits made meanwhile follow, at once when somebody waits for them. */
  private proceed(): void {
    if (!changeBetween(this.saved, this.wanted)) {
      this.settle(this.clock.now());
    } else if (this.waiting.size) {
      void this.send();
    } else {
      this.schedule(this.delayMs);
    }
  }

  private fail(error: unknown): void {
    if (this.isDisposed) return;
    const verdict = verdictOn(error);
    const { savedAt } = this.current;
    if (verdict === 'conflict') {
      this.set({ status: 'conflict', error, savedAt });
    } else if (verdict === 'refused') {
      this.set({ status: 'failed', error, savedAt });
    } else {
      const delayMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.failures++);
      this.set({ status: 'failed', error, retryAt: this.clock.now() + delayMs, savedAt });
      this.schedule(delayMs);
    }
    for (const { reject } of this.takeWaiting()) reject(error);
  }

  private settle(savedAt = this.current.savedAt): void {
    this.cancelTimer?.();
    this.set({ status: 'saved', savedAt });
    for (const { resolve } of this.takeWaiting()) resolve();
  }

  private takeWaiting() {
    const waiting = [...this.waiting];
    this.waiting.clear();
    return waiting;
  }

  private set(state: SaveState): void {
    const { status, error, retryAt, savedAt } = this.current;
    if (status === state.status && error === state.error && retryAt === state.retryAt && savedAt === state.savedAt) return;
    this.current = state;
    for (const listener of [...this.listeners]) listener();
  }
}
