import { useEffect, type RefObject } from 'react';
import type { Viewport } from './Viewport';

/** One notch of a mouse wheel changes the zoom by about a tenth; a pinch sends many small steps. */
const ZOOM_PER_PIXEL = 0.0022;
const LINE_PX = 16;
/** Of a canvas that is not laid out, e.g. in a tab that is not shown yet. */
const UNKNOWN_SIZE = { width: 1200, height: 900 };

interface Held {
  x: number;
  y: number;
}

const isOnBackground = (target: EventTarget | null) =>
  target instanceof Element && !target.closest('[data-wf-solid], button, input, textarea, a');

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT|BUTTON)$/.test(target.tagName));

/**
 * Pan with a drag of the background, the middle button, two fingers or space and drag; the wheel pans too, and zooms with
 * ctrl, as trackpads report a pinch. Two touching fingers pinch.
 */
export function usePanZoom(element: RefObject<HTMLElement | null>, viewport: Viewport): void {
  useEffect(() => {
    const root = element.current;
    if (!root) return;
    const held = new Map<number, Held>();
    let isSpaceDown = false;
    let isPanning = false;

    const pointIn = (event: { clientX: number; clientY: number }) => {
      const box = root.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };

    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
      if (event.ctrlKey || event.metaKey) {
        const step = Math.max(-120, Math.min(120, event.deltaY * unit));
        viewport.zoomTo(viewport.view.zoom * Math.exp(-step * ZOOM_PER_PIXEL), pointIn(event));
      } else if (event.shiftKey && !event.deltaX) {
        viewport.panBy(-event.deltaY * unit, 0);
      } else {
        viewport.panBy(-event.deltaX * unit, -event.deltaY * unit);
      }
    };

    const onPointerDown = (event: PointerEvent) => {
      const onBackground = isOnBackground(event.target);
      const isTouch = event.pointerType === 'touch';
      const pans =
        event.button === 1 || (event.button === 0 && isSpaceDown) || (event.button === 0 && onBackground && !event.shiftKey);
      if (!pans && !isTouch) return;
      held.set(event.pointerId, pointIn(event));
      if (!pans && held.size < 2) return;
      isPanning = true;
      if (event.button === 1 || isSpaceDown) {
        event.preventDefault();
        event.stopPropagation();
      }
      root.classList.add('wf-panning');
    };

    const onPointerMove = (event: PointerEvent) => {
      const before = held.get(event.pointerId);
      if (!before || !isPanning) return;
      const now = pointIn(event);
      const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        const spread = (point: Held) => Math.hypot(point.x - other.x, point.y - other.y);
        const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
        viewport.zoomTo((viewport.view.zoom * spread(now)) / Math.max(1, spread(before)), middle);
        viewport.panBy((now.x - before.x) / 2, (now.y - before.y) / 2);
      } else {
        viewport.panBy(now.x - before.x, now.y - before.y);
      }
      held.set(event.pointerId, now);
    };

    const onPointerUp = (event: PointerEvent) => {
      held.delete(event.pointerId);
      if (held.size) return;
      isPanning = false;
      root.classList.remove('wf-panning');
    };

    const onKeyDown = (event: KeyboardEvent) => {
      if (event.code !== 'Space' || isTyping(event.target)) return;
      if (root.contains(event.target as Node)) event.preventDefault();
      isSpaceDown = true;
      root.classList.add('wf-space');
    };
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.code !== 'Space') return;
      isSpaceDown = false;
      root.classList.remove('wf-space');
    };

    const resizer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(measure);
    function measure() {
      viewport.resize({ width: root!.clientWidth || UNKNOWN_SIZE.width, height: root!.clientHeight || UNKNOWN_SIZE.height });
    }
    measure();
    resizer?.observe(root);
    root.addEventListener('wheel', onWheel, { passive: false });
    root.addEventListener('pointerdown', onPointerDown, true);
    window.addEventListener('pointermove', onPointerMove);
    window.addEventListener('pointerup', onPointerUp);
    window.addEventListener('pointercancel', onPointerUp);
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keyup', onKeyUp);
    return () => {
      resizer?.disconnect();
      root.removeEventListener('wheel', onWheel);
      root.removeEventListener('pointerdown', onPointerDown, true);
      window.removeEventListener('pointermove', onPointerMove);
      window.removeEventListener('pointerup', onPointerUp);
      window.removeEventListener('pointercancel', onPointerUp);
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keyup', onKeyUp);
    };
  }, [element, viewport]);
}
