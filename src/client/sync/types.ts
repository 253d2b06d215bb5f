import type { FlowChange, FlowDocument, NodeKey } from '../document';

/** Body of `workflows:saveFlow`. */
export interface SavePayload extends FlowChange {
  /** revision that the change starts from; null: whatever is stored is overwritten */
  base: string | null;
}

/** Answer of `workflows:saveFlow`. */
export interface SaveResult {
  revision: string | null;
  /** rows of nodes that were stored for the first time */
  ids: Readonly<Record<NodeKey, string | number>>;
}

/** One thing that the server found wrong with what it was sent. */
export interface SaveFault {
  message: string;
  /** absent: it is about the trigger or the whole */
  nodeKey?: NodeKey;
  /** e.g. `config.headers.0.name`, `trigger.config.collection` */
  field?: string;
}

/** Why a node, or the trigger, is not stored as the editor shows it. */
export interface Refusal {
  /** null: the trigger */
  readonly key: NodeKey | null;
  /** path below `config`, as faults of forms have it */
  readonly field?: string;
  /** the server's words */
  readonly message: string;
}

export type SaveStatus =
  /** all is stored */
  | 'saved'
  /** all is stored but what `refusals` tells; those go again once they are edited, or by `retry()` */
  | 'refused'
  /** there are changes; a request goes out or soon will */
  | 'saving'
  /** the server could not be reached, or refused what cannot be set aside; see `retryAt` */
  | 'failed'
  /** somebody else saved in the meantime; nothing is sent until that is settled */
  | 'conflict';

export interface SaveState {
  readonly status: SaveStatus;
  /** what the last failed request was answered with */
  readonly error?: unknown;
  /** what was refused and set aside, while everything else is stored; absent when nothing was */
  readonly refusals?: readonly Refusal[];
  /** ms since the epoch of the next attempt; absent: only a further edit or `retry()` brings one */
  readonly retryAt?: number;
  /** ms since the epoch */
  readonly savedAt?: number;
}

/** Timers and time, for tests to hold in hand. */
export interface SaverClock {
  now(): number;
  /** @returns how to cancel */
  after(delayMs: number, act: () => void): () => void;
}

export interface FlowSaverOptions {
  /** sends one change; rejects with what the server said: its `status`, and `faults` where it named places */
  save(payload: SavePayload): Promise<SaveResult>;
  /** the document as it is stored */
  saved: FlowDocument;
  revision: string | null;
  /**
   * Reads what is stored. With it a conflict that stems from an own save whose answer was lost is settled without
   * asking anybody.
   */
  load?(): Promise<{ document: FlowDocument; revision: string | null }>;
  /** told when nodes got their rows */
  onIds?(ids: SaveResult['ids']): void;
  /** pause in editing after which a change is sent; 600 unless given */
  delayMs?: number;
  clock?: SaverClock;
}
