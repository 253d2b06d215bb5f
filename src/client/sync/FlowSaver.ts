import { changeBetween, type FlowChange, type FlowDocument } from '../document';
import { Backoff } from './Backoff';
import { browserClock } from './browserClock';
import { LostAnswers } from './LostAnswers';
import { Observed } from './Observed';
import type { FlowSaverOptions, SaverClock, SaveState } from './types';
import { faultsOf, verdictOn } from './verdict';
import { Waiting } from './Waiting';
import { Withheld } from './Withheld';

const DELAY_MS = 600;

/**
 * Keeps the stored flow equal to the edited one. It is told every new document and sends what differs from the stored
 * one, a short while after the last edit, one request at a time; edits made meanwhile go with the next request.
 * Configs and titles that the server refuses are set aside, so that the rest is stored.
 */
export class FlowSaver {
  private readonly clock: SaverClock;
  private readonly delayMs: number;
  private readonly state = new Observed();
  private readonly withheld = new Withheld();
  private readonly waiting = new Waiting();
  private readonly backoff = new Backoff();
  private readonly lostAnswers: LostAnswers;
  private saved: FlowDocument;
  private wanted: FlowDocument;
  private base: string | null;
  private isSending = false;
  private isDisposed = false;
  private cancelTimer: (() => void) | undefined;
  /** the answer by which something was set aside */
  private refusal: unknown;

  constructor(private readonly options: FlowSaverOptions) {
    this.clock = options.clock ?? browserClock;
    this.delayMs = options.delayMs ?? DELAY_MS;
    this.saved = options.saved;
    this.wanted = options.saved;
    this.base = options.revision;
    this.lostAnswers = new LostAnswers(options.load);
  }

  /** Identical until something changes, as `useSyncExternalStore` wants it. */
  readonly getState = this.state.get;

  /** Calls the listener at every change of the state. Returns how to stop. */
  readonly subscribe = this.state.subscribe;

  /** Whether leaving the page now would lose an edit, or an undo of what may have been stored. */
  get hasUnsavedChanges(): boolean {
    const differs = changeBetween(this.saved, this.wanted) !== null || !this.lostAnswers.isEmpty;
    return !this.isDisposed && (this.isSending || differs);
  }

  /** revision that is stored, as far as this saver knows */
  get revision(): string | null {
    return this.base;
  }

  /** The document is now this one. */
  update(document: FlowDocument): void {
    if (document === this.wanted || this.isDisposed) return;
    this.wanted = document;
    this.withheld.release(document);
    if (this.getState().status === 'conflict') return;
    if (!this.change) {
      if (!this.isSending) this.settle();
      return;
    }
    // While the server cannot be reached its own rhythm decides; a refusal may be cured by the very next edit.
    if (this.getState().status === 'failed' && this.getState().retryAt !== undefined) return;
    this.set({ status: 'saving' });
    if (!this.isSending) this.schedule(this.delayMs);
  }

  /**
   * Sends at once what is not stored yet, e.g. before the page is left or the workflow enabled.
   * @throws what the server said, when it could not be stored
   */
  async flush(): Promise<void> {
    if (!this.hasUnsavedChanges) return;
    if (this.getState().status === 'conflict') throw this.getState().error;
    const done = this.waiting.join();
    this.retry();
    await done;
  }

  /** Tries again now, with what was refused, too. */
  retry(): void {
    if (this.isSending || this.isDisposed || this.getState().status === 'conflict') return;
    this.withheld.clear();
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
    this.withheld.clear();
    this.lostAnswers.clear();
    this.backoff.reset();
    this.set({ status: 'saving' });
    if (!this.isSending) void this.send();
  }

  /** No request goes out any more; a request under way is not followed up. */
  dispose(): void {
    this.isDisposed = true;
    this.cancelTimer?.();
    this.state.close();
    this.waiting.reject(new Error('The editor was closed before its changes were saved'));
  }

  private schedule(delayMs: number): void {
    this.cancelTimer?.();
    this.cancelTimer = this.clock.after(delayMs, () => void this.send());
  }

  private async send(): Promise<void> {
    if (this.isSending || this.isDisposed) return;
    const document = this.target;
    const { change } = this;
    if (!change) {
      this.settle();
      return;
    }
    this.isSending = true;
    this.set({ status: 'saving' });
    const stored = this.saved;
    try {
      const { revision, ids } = await this.options.save({ base: this.base, ...this.withheld.omitFrom(change) });
      // Somebody may have settled on another stored document while the request was under way.
      if (this.saved === stored) {
        this.saved = document;
        this.base = revision;
      }
      this.backoff.reset();
      this.lostAnswers.clear();
      this.isSending = false;
      if (this.isDisposed) return;
      if (Object.keys(ids).length) this.options.onIds?.(ids);
      this.proceed();
    } catch (error) {
      const verdict = verdictOn(error);
      const own = verdict === 'conflict' ? await this.lostAnswers.findStored() : null;
      this.isSending = false;
      if (own) {
        this.saved = own.document;
        this.base = own.revision;
        this.proceed();
      } else if (verdict === 'refused' && this.withheld.take(document, faultsOf(error))) {
        this.refusal = error;
        this.withheld.release(this.wanted);
        void this.send();
      } else {
        if (verdict === 'unreachable') this.lostAnswers.add(document);
        this.fail(error);
      }
    }
  }

  /** After a success: edits made meanwhile follow, at once when somebody waits for them. */
  private proceed(): void {
    if (!this.change) {
      this.settle(this.clock.now());
    } else if (!this.waiting.isEmpty) {
      void this.send();
    } else {
      this.schedule(this.delayMs);
    }
  }

  private fail(error: unknown): void {
    if (this.isDisposed) return;
    const verdict = verdictOn(error);
    if (verdict === 'unreachable') {
      const delayMs = this.backoff.next();
      this.set({ status: 'failed', error, retryAt: this.clock.now() + delayMs });
      this.schedule(delayMs);
    } else {
      this.set({ status: verdict === 'conflict' ? 'conflict' : 'failed', error });
    }
    this.waiting.reject(error);
  }

  private settle(savedAt?: number): void {
    this.cancelTimer?.();
    const isWhole = this.withheld.list(this.saved).length === 0;
    this.set({ ...(isWhole ? { status: 'saved' } : { status: 'refused', error: this.refusal }), ...(savedAt === undefined ? {} : { savedAt }) });
    if (isWhole) this.waiting.resolve();
    else this.waiting.reject(this.refusal);
  }

  /** What is to be stored: what the editor shows, without what was refused. */
  private get target(): FlowDocument {
    return this.withheld.replaceIn(this.wanted, this.saved);
  }

  /**
   * What has to be sent; null when nothing has. After an answer was lost nobody knows what is stored: then even a request
   * that changes nothing is sent, because its revision tells.
   */
  private get change(): FlowChange | null {
    return changeBetween(this.saved, this.target) ?? (this.lostAnswers.isEmpty ? null : { nodes: { put: [], remove: [] } });
  }

  private set(state: Omit<SaveState, 'refusals'>): void {
    const { savedAt } = this.getState();
    const refusals = this.withheld.list(this.saved);
    this.state.set({ ...(savedAt === undefined ? {} : { savedAt }), ...state, ...(refusals.length ? { refusals } : {}) });
  }
}
