import type { ReactNode } from 'react';
import type { FlowDocument, NodeKey, Place } from '../document/types';
import type { Fault, KindRegistry } from '../registry/kinds';

/** What the card of a node says about one job of the run on display. */
export interface JobMark {
  id: string;
  /** translated name of the status; never colour alone */
  text: string;
  icon?: ReactNode;
  /** name of a colour of antd's tags, e.g. `success` */
  color?: 'success' | 'error' | 'warning' | 'processing' | 'default';
  /** e.g. `1.2 s` */
  duration?: string;
  isRunning?: boolean;
}

/** A run on the canvas: makes it read-only and shows which way the run went. */
export interface RunOverlay {
  /** jobs of a node, the newest last; several in loops */
  jobs: ReadonlyMap<NodeKey, readonly JobMark[]>;
  /** nodes that the run left out for good, as opposed to those that it has not reached yet */
  skipped: ReadonlySet<NodeKey>;
  /** branches that were taken although they hold no node, by branching node */
  takenBranches?: ReadonlyMap<NodeKey, ReadonlySet<number>>;
  /** the job that the page shows beside the canvas */
  openJob?: string;
  onJob(key: NodeKey, jobId: string): void;
  /** shows what triggered the run */
  onTrigger?(): void;
}

/** Difference of two versions on the canvas. */
export interface DiffOverlay {
  marks: ReadonlyMap<NodeKey, 'added' | 'removed' | 'changed' | 'moved'>;
  triggerChanged?: boolean;
}

/**
 * What the editor lets people do. A canvas without it is read-only. All edits go through `apply`, so that they can be
 * undone and are saved.
 */
export interface CanvasEditing {
  /**
   * Carries out a command on the present document and keeps the result.
   * @param label translated, for undo and for screen readers, e.g. `Node deleted`
   * @returns the new document; null when the command was refused, which the editor has told
   */
  apply(label: string, command: (document: FlowDocument) => FlowDocument): FlowDocument | null;
  undo(): void;
  redo(): void;
  /**
   * Whether a variable that belongs to no node leads to something in the present document; undefined: cannot be said.
   * Variables of pasted nodes that lead nowhere are told.
   */
  resolves?(path: readonly string[]): boolean | undefined;
}

export interface CanvasProps {
  document: FlowDocument;
  registry: KindRegistry;
  /** absent: read-only */
  editing?: CanvasEditing;
  run?: RunOverlay;
  diff?: DiffOverlay;
  /** by node; the key `null` is the trigger */
  faults?: ReadonlyMap<NodeKey | null, readonly Fault[]>;
  /** Enter, click or double click on a card; null is the trigger */
  onOpen?(key: NodeKey | null): void;
  selection?: ReadonlySet<NodeKey>;
  onSelect?(selection: ReadonlySet<NodeKey>): void;
  /** further buttons beside the zoom */
  controls?: ReactNode;
}

/** Lets a page move the canvas, e.g. to a node that a list of faults names. */
export interface CanvasHandle {
  /** brings a node (null: the trigger) into sight and focuses it */
  focus(key: NodeKey | null): void;
  fit(): void;
  openSearch(): void;
  openPalette(place: Place): void;
}

/** Stands for the trigger where a node's key is expected. */
export const TRIGGER = '$trigger';
