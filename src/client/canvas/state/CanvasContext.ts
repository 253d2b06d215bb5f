import { createContext, useContext, useSyncExternalStore } from 'react';
import type { FlowDocument, FlowNode, NodeKey, Place } from '../../document/types';
import type { Layout } from '../../layout/types';
import type { KindContext, KindRegistry, NodeKind } from '../../registry/kinds';
import type { HeadHosts } from '../card/HeadHosts';
import type { CanvasEditing, RunOverlay } from '../types';
import type { Viewport } from '../viewport/Viewport';
import type { CanvasState, CanvasStore } from './CanvasStore';

/**
 * What the parts of one canvas share. The object never changes, so that an edit repaints only what it concerns: what
 * changes is asked for when it is needed.
 */
export interface CanvasScope {
  /** before the key of a node, it makes the id of the card's element */
  idPrefix: string;
  store: CanvasStore;
  viewport: Viewport;
  heads: HeadHosts;
  document(): FlowDocument;
  layout(): Layout;
  registry(): KindRegistry;
  editing(): CanvasEditing | undefined;
  run(): RunOverlay | undefined;
  kindContext(node?: FlowNode): KindContext;
  kindOf(node: FlowNode): NodeKind | undefined;
  /** title as people see it: their own, else that of the type */
  titleOf(node: FlowNode): string;
  open(key: NodeKey | null): void;
  /** brings a card into sight once it has a place, and gives it the keyboard focus when the canvas has it */
  revealSoon(id: string): void;
  openPalette(place: Place, from?: HTMLElement | null): void;
  actions: CanvasActions;
}

/** Edits as people know them; each is one step of undo. All do nothing on a read-only canvas. */
export interface CanvasActions {
  add(type: string, place: Place, options?: { config?: Record<string, unknown>; moveDownstreamTo?: number | null }): NodeKey | null;
  rename(id: string, title: string): void;
  /** asks first when results are used elsewhere or branches would be lost */
  remove(keys: ReadonlySet<NodeKey>, options?: { isCut?: boolean }): void;
  move(keys: Iterable<NodeKey>, place: Place): void;
  /** one step up or down in its chain */
  shift(key: NodeKey, direction: -1 | 1): void;
  copy(keys: ReadonlySet<NodeKey>): Promise<void>;
  cut(keys: ReadonlySet<NodeKey>): Promise<void>;
  paste(place?: Place, text?: string): Promise<void>;
  duplicate(keys: ReadonlySet<NodeKey>): void;
  addNote(at: NodeKey | null): void;
}

const ScopeContext = createContext<CanvasScope | null>(null);

export const CanvasScopeProvider = ScopeContext.Provider;

/** @throws when used outside of a canvas */
export function useCanvas(): CanvasScope {
  const scope = useContext(ScopeContext);
  if (!scope) throw new Error('No canvas above this component');
  return scope;
}

/** A part of the canvas' state; the component repaints when `select` answers something else. */
export function useCanvasState<T>(select: (state: CanvasState) => T): T {
  const { store } = useCanvas();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
