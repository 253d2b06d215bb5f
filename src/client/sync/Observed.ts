import type { SaveState } from './types';

const isSame = (a: SaveState, b: SaveState): boolean =>
  a.status === b.status &&
  a.error === b.error &&
  a.retryAt === b.retryAt &&
  a.savedAt === b.savedAt &&
  a.refusals?.length === b.refusals?.length &&
  (a.refusals ?? []).every((refusal, i) => refusal === b.refusals![i]);

/** The state of a saver with those who look at it. Identical until something changes, as `useSyncExternalStore` wants it. */
export class Observed {
  private readonly listeners = new Set<() => void>();
  private current: SaveState = { status: 'saved' };

  readonly get = (): SaveState => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(state: SaveState): void {
    if (isSame(this.current, state)) return;
    const { refusals } = this.current;
    const areKept = isSame({ ...state, refusals }, state);
    this.current = areKept && refusals ? { ...state, refusals } : state;
    for (const listener of [...this.listeners]) listener();
  }

  /** Nobody is told any more. */
  close(): void {
    this.listeners.clear();
  }
}
