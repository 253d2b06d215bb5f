/** Where the world is on the screen: `screen = world * zoom + offset`, in CSS pixels. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const MIN_ZOOM = 0.1;
export const MAX_ZOOM = 2;
/** Space that stays around a flow when it is fitted, in screen pixels. */
const FIT_MARGIN = 32;

export const clampZoom = (zoom: number) => Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));

export const contains = (outer: Rect, inner: Rect) =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  outer.x + outer.width >= inner.x + inner.width &&
  outer.y + outer.height >= inner.y + inner.height;

export const overlaps = (a: Rect, b: Rect) =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;

/** The part of `rect` inside a screen of `size`, this far from its edges; nothing when they do not meet. */
export function clipped(rect: Rect, size: Size, inset: number): Rect | null {
  const [x, y] = [Math.max(inset, rect.x), Math.max(inset, rect.y)];
  const width = Math.min(size.width - inset, rect.x + rect.width) - x;
  const height = Math.min(size.height - inset, rect.y + rect.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** Keeps the world point under `point` (screen pixels) where it is while the zoom changes. */
export function zoomedAt(view: View, point: { x: number; y: number }, zoom: number): View {
  const next = clampZoom(zoom);
  const factor = next / view.zoom;
  return { zoom: next, x: point.x - (point.x - view.x) * factor, y: point.y - (point.y - view.y) * factor };
}

/** The part of the world that a screen of `size` shows. */
export const visibleRect = (view: View, size: Size): Rect => ({
  x: -view.x / view.zoom,
  y: -view.y / view.zoom,
  width: size.width / view.zoom,
  height: size.height / view.zoom,
});

/** Shows all of `world`, never larger than life. */
export function fitted(world: Rect, size: Size): View {
  const room = { width: Math.max(1, size.width - 2 * FIT_MARGIN), height: Math.max(1, size.height - 2 * FIT_MARGIN) };
  const zoom = clampZoom(Math.min(1, room.width / Math.max(1, world.width), room.height / Math.max(1, world.height)));
  return {
    zoom,
    x: (size.width - world.width * zoom) / 2 - world.x * zoom,
    y: Math.max(FIT_MARGIN, (size.height - world.height * zoom) / 2) - world.y * zoom,
  };
}

/** Moves as little as needed for `target` (world) to be on the screen with some room around it. */
export function revealed(view: View, size: Size, target: Rect, margin = 48): View {
  const shift = (offset: number, room: number, from: number, length: number) => {
    const start = from * view.zoom + offset;
    const end = start + length * view.zoom;
    if (end - start + 2 * margin > room || start < margin) return offset + margin - start;
    if (end > room - margin) return offset + room - margin - end;
    return offset;
  };
  return {
    zoom: view.zoom,
    x: shift(view.x, size.width, target.x, target.width),
    y: shift(view.y, size.height, target.y, target.height),
  };
}

type Listener = () => void;

/**
 * The viewport of one canvas. It changes many times a second, so React does not render it: the world's element listens
 * to `onView` and moves itself; what is rendered depends on `window` alone, a larger rectangle that follows in steps.
 */
export class Viewport {
  #view: View = { x: 0, y: 0, zoom: 1 };
  #size: Size = { width: 0, height: 0 };
  #window: Rect = { x: 0, y: 0, width: 0, height: 0 };
  readonly #viewListeners = new Set<Listener>();
  readonly #windowListeners = new Set<Listener>();

  get view(): View {
    return this.#view;
  }

  get size(): Size {
    return this.#size;
  }

  /** What should be rendered, in world coordinates. */
  get window(): Rect {
    return this.#window;
  }

  onView = (listener: Listener): (() => void) => {
    this.#viewListeners.add(listener);
    return () => this.#viewListeners.delete(listener);
  };

  onWindow = (listener: Listener): (() => void) => {
    this.#windowListeners.add(listener);
    return () => this.#windowListeners.delete(listener);
  };

  setView(view: View): void {
    if (view.x === this.#view.x && view.y === this.#view.y && view.zoom === this.#view.zoom) return;
    this.#view = view;
    for (const listener of this.#viewListeners) listener();
    this.#followWindow();
  }

  /** What was in the middle stays there, e.g. when a panel opens beside the canvas. */
  resize(size: Size): void {
    if (this.#size.width) this.#view = { ...this.#view, x: this.#view.x + (size.width - this.#size.width) / 2 };
    this.#size = size;
    for (const listener of this.#viewListeners) listener();
    this.#followWindow();
  }

  panBy(dx: number, dy: number): void {
    this.setView({ ...this.#view, x: this.#view.x + dx, y: this.#view.y + dy });
  }

  /** @param point in screen pixels from the canvas' corner; its middle when absent */
  zoomTo(zoom: number, point = { x: this.#size.width / 2, y: this.#size.height / 2 }): void {
    this.setView(zoomedAt(this.#view, point, zoom));
  }

  fit(world: Rect): void {
    this.setView(fitted(world, this.#size));
  }

  reveal(target: Rect): void {
    if (this.#size.width) this.setView(revealed(this.#view, this.#size, target));
  }

  /** Screen pixels from the canvas' corner to world coordinates. */
  toWorld(point: { x: number; y: number }): { x: number; y: number } {
    const { x, y, zoom } = this.#view;
    return { x: (point.x - x) / zoom, y: (point.y - y) / zoom };
  }

  #followWindow(): void {
    const visible = visibleRect(this.#view, this.#size);
    const isMuchTooLarge = this.#window.width > 4 * visible.width;
    if (contains(this.#window, visible) && !isMuchTooLarge) return;
    const room = { x: visible.width / 2, y: visible.height / 2 };
    this.#window = {
      x: visible.x - room.x,
      y: visible.y - room.y,
      width: visible.width + 2 * room.x,
      height: visible.height + 2 * room.y,
    };
    for (const listener of this.#windowListeners) listener();
  }
}
