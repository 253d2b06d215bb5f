import { useMemo } from 'react';
import { indexOf } from '../../document/FlowIndex';
import type { FlowDocument, NodeKey } from '../../document/types';
import type { CanvasScope } from '../state/CanvasContext';
import { TRIGGER } from '../types';
import { rangeBetween, walkFrom, type Direction } from './walkCards';

const ARROWS: Record<string, Direction> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };
const ZOOM_STEP = 1.25;

interface KeyPress {
  key: string;
  shift: boolean;
  alt: boolean;
  /** ctrl, or cmd on a Mac */
  command: boolean;
}

/** A key press of React or of the browser. */
export type CanvasKeyEvent = Pick<
  KeyboardEvent,
  'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey' | 'preventDefault' | 'stopPropagation'
> & { target: EventTarget | null; currentTarget: EventTarget | null };

/** Keys while a card or the canvas has the focus. Returns whether the key was used. */
export function useCanvasKeys(scope: () => CanvasScope): (event: CanvasKeyEvent) => void {
  return useMemo(
    () => (event) => {
      if (isForControl(event)) return;
      const press: KeyPress = { key: event.key, shift: event.shiftKey, alt: event.altKey, command: event.ctrlKey || event.metaKey };
      const isUsed = press.command ? onCommand(scope(), press) : press.alt ? onAlt(scope(), press) : onPlain(scope(), press);
      if (isUsed) {
        event.preventDefault();
        event.stopPropagation();
      }
    },
    [scope],
  );
}

/** Keys in buttons, inputs and menus are theirs; only keys with ctrl pass from a button. */
function isForControl({ target, currentTarget, ctrlKey, metaKey }: CanvasKeyEvent): boolean {
  if (!(target instanceof HTMLElement) || !(currentTarget instanceof Node) || !currentTarget.contains(target)) return true;
  if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return true;
  return target.tagName === 'BUTTON' && !ctrlKey && !metaKey;
}

function onPlain(scope: CanvasScope, { key, shift }: KeyPress): boolean {
  const { store, actions, viewport, layout, open, openPalette, editing, document } = scope;
  const { focus } = store.get();
  const isTrigger = focus === TRIGGER;
  const arrow = ARROWS[key];
  if (arrow) return walk(scope, arrow, shift);
  const isEditable = editing() !== undefined;
  switch (key) {
    case 'Home':
      goTo(scope, TRIGGER);
      return true;
    case 'End':
      goTo(scope, lastOf(document()));
      return true;
    case 'Enter':
      open(isTrigger ? null : focus);
      return true;
    case 'Escape':
      store.set({ selection: new Set(isTrigger ? [] : [focus]), palette: null });
      return true;
    case 'F2':
      if (isEditable) store.set({ renaming: focus });
      return isEditable;
    case 'a':
    case 'A':
    case '+':
      if (isEditable) openPalette({ upstream: isTrigger ? null : focus, branch: null });
      return isEditable;
    case 'Delete':
    case 'Backspace':
      if (isEditable) actions.remove(chosenNodes(scope));
      return isEditable;
    case 'm':
    case 'M':
      store.set({ isMinimapShown: !store.get().isMinimapShown });
      return true;
    case '0':
      viewport.fit(layout().bounds);
      return true;
    case '1':
      viewport.zoomTo(1);
      return true;
    case '?':
      store.set({ isHelpOpen: true });
      return true;
    default:
      return false;
  }
}

/** What keys act on: the selection, else the card in focus, which Tab reaches without selecting it. */
function chosenNodes({ store, document }: CanvasScope): ReadonlySet<NodeKey> {
  const { selection, focus } = store.get();
  return selection.size > 0 || !document().nodes.has(focus) ? selection : new Set([focus]);
}

function onCommand(scope: CanvasScope, { key, shift }: KeyPress): boolean {
  const { store, actions, editing, viewport, document } = scope;
  const chosen = chosenNodes(scope);
  switch (key.toLowerCase()) {
    case 'z':
      if (shift) editing()?.redo();
      else editing()?.undo();
      return true;
    case 'y':
      editing()?.redo();
      return true;
    case 'a':
      store.select(document().nodes.keys());
      return true;
    case 'c':
      if (hasTextSelection()) return false;
      void actions.copy(chosen);
      return true;
    case 'x':
      void actions.cut(chosen);
      return true;
    case 'v':
      // The paste event brings the text without a permission; it is handled there.
      return false;
    case 'd':
      if (editing()) actions.duplicate(chosen);
      return true;
    case 'f':
      store.set({ isSearchOpen: true });
      return true;
    case '=':
    case '+':
      viewport.zoomTo(viewport.view.zoom * ZOOM_STEP);
      return true;
    case '-':
      viewport.zoomTo(viewport.view.zoom / ZOOM_STEP);
      return true;
    default:
      return false;
  }
}

function onAlt(scope: CanvasScope, { key }: KeyPress): boolean {
  const { store, actions, editing, document } = scope;
  const { focus } = store.get();
  if (!editing() || focus === TRIGGER || !document().nodes.has(focus)) return false;
  if (key === 'ArrowUp') actions.shift(focus, -1);
  else if (key === 'ArrowDown') actions.shift(focus, 1);
  else return false;
  return true;
}

function walk(scope: CanvasScope, direction: Direction, isExtending: boolean): boolean {
  const { store, document } = scope;
  const { focus, folded, anchor } = store.get();
  if (!isExtending && focus !== TRIGGER && hasBranches(document(), focus)) {
    if (direction === 'left' && !folded.has(focus)) {
      // As in every tree: left folds an open branch before it leaves it.
      const owner = indexOf(document()).owner(focus);
      if (!owner) {
        store.setFolded(focus, true);
        return true;
      }
    }
    if (direction === 'right' && folded.has(focus)) {
      store.setFolded(focus, false);
      return true;
    }
  }
  const target = walkFrom(document(), focus, direction, folded);
  if (target === null) return true;
  if (isExtending && target !== TRIGGER && focus !== TRIGGER) {
    const from = anchor ?? focus;
    store.set({ focus: target, anchor: from, selection: new Set(rangeBetween(document(), from, target)) });
    scope.revealSoon(target);
  } else {
    goTo(scope, target);
  }
  return true;
}

function goTo(scope: CanvasScope, id: string): void {
  scope.store.focus(id);
  scope.revealSoon(id);
}

const hasBranches = (document: FlowDocument, key: NodeKey) => indexOf(document).branches(key).length > 0;

const lastOf = (document: FlowDocument): string => {
  const index = indexOf(document);
  let last: string = TRIGGER;
  for (let node = index.head; node; node = index.next(node.key)) last = node.key;
  return last;
};

const hasTextSelection = () => (globalThis.getSelection?.()?.toString() ?? '') !== '';
