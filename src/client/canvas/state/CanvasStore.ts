import type { NodeKey, Place } from '../../document/types';
import { TRIGGER } from '../types';

/** A branch that the card of an extension has announced. */
export interface ForeignBranch {
  index: number;
  label?: string;
  addable: boolean;
  end: boolean;
  dashed: boolean;
  /** only nodes that never wait */
  syncOnly: boolean;
  hasController: boolean;
}

export interface DragState {
  keys: readonly NodeKey[];
  /** slot under the pointer */
  over: string | null;
}

/** What people do with the canvas at the moment; nothing of it is saved. */
export interface CanvasState {
  /** node that has or would get the keyboard focus; `TRIGGER` for the trigger */
  focus: string;
  selection: ReadonlySet<NodeKey>;
  /** where extending the selection began */
  anchor: NodeKey | null;
  /** card whose title is being edited */
  renaming: string | null;
  folded: ReadonlySet<NodeKey>;
  /** nodes that were cut and not pasted yet */
  cut: ReadonlySet<NodeKey>;
  drag: DragState | null;
  palette: { place: Place; at: { x: number; y: number } | null } | null;
  hits: ReadonlySet<string>;
  currentHit: string | null;
  /** columns that cards of extensions announce, by node */
  foreign: ReadonlyMap<NodeKey, readonly ForeignBranch[]>;
  /** sizes of branch heads that extensions fill, by box id */
  sizes: ReadonlyMap<string, { width: number; height: number }>;
  isMinimapShown: boolean;
  isSearchOpen: boolean;
  isHelpOpen: boolean;
  /** last thing that screen readers were told */
  announcement: string;
}

const NONE: ReadonlySet<never> = new Set<never>();

const INITIAL: CanvasState = {
  focus: TRIGGER,
  selection: NONE,
  anchor: null,
  renaming: null,
  folded: NONE,
  cut: NONE,
  drag: null,
  palette: null,
  hits: NONE,
  currentHit: null,
  foreign: new Map(),
  sizes: new Map(),
  isMinimapShown: true,
  isSearchOpen: false,
  isHelpOpen: false,
  announcement: '',
};

/** State of one canvas. Cards listen to the few bits that concern them, so that a click repaints two cards. */
export class CanvasStore {
  #state: CanvasState = INITIAL;
  readonly #listeners = new Set<() => void>();

  get = (): CanvasState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(change: Partial<CanvasState>): void {
    const keys = Object.keys(change) as (keyof CanvasState)[];
    if (keys.every((key) => this.#state[key] === change[key])) return;
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  /** Focuses a card and selects it alone. */
  focus(id: string): void {
    const selection = id === TRIGGER ? NONE : new Set([id]);
    this.set({ focus: id, selection, anchor: id === TRIGGER ? null : id });
  }

  toggle(key: NodeKey): void {
    const selection = new Set(this.#state.selection);
    if (!selection.delete(key)) selection.add(key);
    this.set({ focus: key, selection, anchor: key });
  }

  select(keys: Iterable<NodeKey>): void {
    this.set({ selection: new Set(keys) });
  }

  setFolded(key: NodeKey, isFolded: boolean): void {
    const folded = new Set(this.#state.folded);
    if (isFolded) folded.add(key);
    else folded.delete(key);
    this.set({ folded });
  }

  announce(text: string): void {
    // A repeated text is announced again only when it differs.
    this.set({ announcement: this.#state.announcement === text ? `${text}\u00a0` : text });
  }

  setForeign(key: NodeKey, branches: readonly ForeignBranch[]): void {
    const before = this.#state.foreign.get(key);
    if (before && JSON.stringify(before) === JSON.stringify(branches)) return;
    if (!before && branches.length === 0) return;
    this.set({ foreign: new Map(this.#state.foreign).set(key, branches) });
  }

  setSize(id: string, size: { width: number; height: number }): void {
    const before = this.#state.sizes.get(id);
    if (before && Math.abs(before.width - size.width) < 1 && Math.abs(before.height - size.height) < 1) return;
    this.set({ sizes: new Map(this.#state.sizes).set(id, size) });
  }
}
