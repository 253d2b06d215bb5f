import { useEffect, type RefObject } from 'react';
import { rootsOf } from '../../document/commands/move';
import type { NodeKey } from '../../document/types';
import type { CanvasScope } from '../state/CanvasContext';
import { TRIGGER } from '../types';
import { dropVerdict } from '../view/dropVerdict';
import { overlaps } from '../viewport/Viewport';
import { rangeBetween } from './walkCards';

const DRAG_THRESHOLD_PX = 4;
const SCROLL_EDGE_PX = 80;
const SCROLL_STEP_PX = 14;
/** A slot takes what is dropped this near to it, in world pixels. */
const DROP_REACH = { x: 130, y: 36 };

type Point = { x: number; y: number };

const cardOf = (target: EventTarget | null) =>
  target instanceof Element ? (target.closest<HTMLElement>('[data-wf-card]')?.dataset.wfCard ?? null) : null;

const isControl = (target: EventTarget | null) =>
  target instanceof Element && target.closest('button, input, textarea, a, [role="button"], .ant-dropdown, .wf-extras, .wf-branch-head') !== null;

/**
 * Clicks select and open cards; a drag of a card moves it and everything selected with it; shift and a drag of the
 * background select what they surround.
 */
export function useCanvasPointer(root: RefObject<HTMLElement | null>, scope: () => CanvasScope): void {
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    let stop: (() => void) | null = null;

    const onPointerDown = (event: PointerEvent) => {
      if (event.button !== 0 || event.pointerType === 'touch' || isControl(event.target)) return;
      if (element.classList.contains('wf-space')) return;
      const key = cardOf(event.target);
      if (key !== null && key !== TRIGGER && scope().editing()) stop = watchDrag(element, scope(), key, event);
      else if (key === null && event.shiftKey) stop = watchBand(element, scope(), event);
    };

    const onClick = (event: MouseEvent) => {
      if (isControl(event.target)) return;
      const id = cardOf(event.target);
      const { store, document, open } = scope();
      if (id === null) {
        if (event.target instanceof Element && !event.target.closest('[data-wf-solid]')) store.set({ selection: new Set(), palette: null });
        return;
      }
      if ((event.ctrlKey || event.metaKey) && id !== TRIGGER) {
        store.toggle(id);
      } else if (event.shiftKey && id !== TRIGGER) {
        extend(scope(), id);
      } else {
        store.focus(id);
        const onTitle = event.target instanceof Element && event.target.closest('[data-wf-title]') !== null;
        if (!onTitle || !scope().editing()) open(id === TRIGGER || !document().nodes.has(id) ? null : id);
      }
    };

    const onDoubleClick = (event: MouseEvent) => {
      const id = cardOf(event.target);
      if (id === null || isControl(event.target) || !scope().editing()) return;
      if (event.target instanceof Element && event.target.closest('[data-wf-title]')) scope().store.set({ renaming: id });
    };

    element.addEventListener('pointerdown', onPointerDown);
    element.addEventListener('click', onClick);
    element.addEventListener('dblclick', onDoubleClick);
    return () => {
      stop?.();
      element.removeEventListener('pointerdown', onPointerDown);
      element.removeEventListener('click', onClick);
      element.removeEventListener('dblclick', onDoubleClick);
    };
  }, [root, scope]);
}

function extend({ store, document }: CanvasScope, id: NodeKey): void {
  const { anchor } = store.get();
  const isKnown = anchor !== null && document().nodes.has(anchor);
  store.set({ focus: id, anchor: isKnown ? anchor : id, selection: new Set(isKnown ? rangeBetween(document(), anchor, id) : [id]) });
}

/** Calls back for every move of a pressed pointer until it is released. */
function followPointer(onMove: (event: PointerEvent) => void, onEnd: (event: PointerEvent | KeyboardEvent | null) => void): () => void {
  const finish = (event: PointerEvent | KeyboardEvent | null) => {
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', finish);
    window.removeEventListener('pointercancel', cancel);
    window.removeEventListener('keydown', onKey, true);
    onEnd(event);
  };
  const cancel = () => finish(null);
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    finish(null);
  };
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', finish);
  window.addEventListener('pointercancel', cancel);
  window.addEventListener('keydown', onKey, true);
  return cancel;
}

/** The click that a browser sends after a drag is not one. */
function swallowNextClick(): void {
  const swallow = (event: MouseEvent) => event.stopPropagation();
  window.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', swallow, true));
}

function watchDrag(element: HTMLElement, scope: CanvasScope, key: NodeKey, start: PointerEvent): () => void {
  const { store, viewport, document, layout, titleOf, actions } = scope;
  let ghost: HTMLElement | null = null;
  let keys: NodeKey[] = [];
  let pointer: Point = { x: start.clientX, y: start.clientY };
  let frame = 0;

  const begin = () => {
    const { selection } = store.get();
    keys = rootsOf(document(), selection.has(key) ? selection : [key]);
    ghost = globalThis.document.createElement('div');
    ghost.className = 'wf-ghost';
    const title = titleOf(document().nodes.get(key)!);
    ghost.textContent = keys.length > 1 ? `${title} +${keys.length - 1}` : title;
    element.append(ghost);
    store.set({ drag: { keys, over: null }, palette: null });
    frame = requestAnimationFrame(scroll);
  };

  const inCanvas = () => {
    const box = element.getBoundingClientRect();
    return { x: pointer.x - box.left, y: pointer.y - box.top, width: box.width, height: box.height };
  };

  const scroll = () => {
    const { x, y, width, height } = inCanvas();
    const push = (at: number, length: number) => (at < SCROLL_EDGE_PX ? SCROLL_STEP_PX : at > length - SCROLL_EDGE_PX ? -SCROLL_STEP_PX : 0);
    const [dx, dy] = [push(x, width), push(y, height)];
    if (dx || dy) {
      viewport.panBy(dx, dy);
      aim();
    }
    frame = requestAnimationFrame(scroll);
  };

  /** Marks the nearest slot that takes what is dragged. */
  const aim = () => {
    const at = viewport.toWorld(inCanvas());
    const near = layout()
      .visible({ x: at.x - DROP_REACH.x, y: at.y - DROP_REACH.y, width: 2 * DROP_REACH.x, height: 2 * DROP_REACH.y })
      .slots.filter(({ place }) => dropVerdict(document(), keys, place) !== 'no')
      .sort((a, b) => Math.hypot(a.x - at.x, a.y - at.y) - Math.hypot(b.x - at.x, b.y - at.y))[0];
    const over = near?.id ?? null;
    if (store.get().drag?.over !== over) store.set({ drag: { keys, over } });
  };

  return followPointer(
    (event) => {
      pointer = { x: event.clientX, y: event.clientY };
      if (!ghost) {
        if (Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < DRAG_THRESHOLD_PX) return;
        begin();
      }
      ghost!.style.left = `${event.clientX + 12}px`;
      ghost!.style.top = `${event.clientY + 8}px`;
      aim();
    },
    (event) => {
      cancelAnimationFrame(frame);
      if (!ghost) return;
      ghost.remove();
      swallowNextClick();
      const over = store.get().drag?.over;
      const slot = over == null ? undefined : layout().slots.find(({ id }) => id === over);
      store.set({ drag: null });
      if (event && slot) actions.move(keys, slot.place);
    },
  );
}

function watchBand(element: HTMLElement, { store, viewport, layout }: CanvasScope, start: PointerEvent): () => void {
  const box = element.getBoundingClientRect();
  const from = { x: start.clientX - box.left, y: start.clientY - box.top };
  const band = globalThis.document.createElement('div');
  band.className = 'wf-band';
  element.append(band);
  const before = store.get().selection;
  return followPointer(
    (event) => {
      const to = { x: event.clientX - box.left, y: event.clientY - box.top };
      const area = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) };
      Object.assign(band.style, { left: `${area.x}px`, top: `${area.y}px`, width: `${area.width}px`, height: `${area.height}px` });
      const corner = viewport.toWorld(area);
      const { zoom } = viewport.view;
      const world = { ...corner, width: area.width / zoom, height: area.height / zoom };
      const inside = layout().boxes.filter((item) => item.kind === 'node' && overlaps(item, world));
      store.select(new Set([...before, ...inside.map(({ key }) => key!)]));
    },
    () => {
      band.remove();
      swallowNextClick();
    },
  );
}
