import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipped, contains, fitted, MAX_ZOOM, MIN_ZOOM, revealed, Viewport, visibleRect, zoomedAt } from '../Viewport';

const SIZE = { width: 1000, height: 800 };
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const view = fc.record({ x: number(-5000, 5000), y: number(-5000, 5000), zoom: number(MIN_ZOOM, MAX_ZOOM) });

describe('viewport', () => {
  it.each([
    ['inside', { x: 10, y: 20, width: 30, height: 40 }, { x: 10, y: 20, width: 30, height: 40 }],
    ['wider than the screen', { x: -500, y: 20, width: 3000, height: 40 }, { x: 1, y: 20, width: 998, height: 40 }],
    ['around it', { x: -5, y: -5, width: 3000, height: 3000 }, { x: 1, y: 1, width: 998, height: 798 }],
    ['beside it', { x: 1200, y: 20, width: 30, height: 40 }, null],
  ])('clips a rectangle %s so that all its sides are seen', (_, rect, result) => {
    expect(clipped(rect, SIZE, 1)).toEqual(result);
  });

  it('keeps what is under the pointer there while it zooms', () => {
    fc.assert(
      fc.property(view, number(0, 1000), number(0, 800), number(0.01, 5), (before, x, y, zoom) => {
        const after = zoomedAt(before, { x, y }, zoom);
        expect((x - after.x) / after.zoom).toBeCloseTo((x - before.x) / before.zoom, 3);
        expect(after.zoom).toBeGreaterThanOrEqual(MIN_ZOOM);
        expect(after.zoom).toBeLessThanOrEqual(MAX_ZOOM);
      }),
    );
  });

  it('shows all of a world that is fitted, down to the smallest zoom', () => {
    const world = { x: -300, y: 0, width: 600, height: 7000 };
    expect(contains(visibleRect(fitted(world, SIZE), SIZE), world)).toBe(true);
    expect(fitted({ x: 0, y: 0, width: 10, height: 10 }, SIZE).zoom).toBe(1);
  });

  it('brings a card into sight, and does not move when it is there', () => {
    fc.assert(
      fc.property(view.filter(({ zoom }) => zoom < 1.5), number(-3000, 3000), number(-3000, 3000), (before, x, y) => {
        const card = { x, y, width: 240, height: 88 };
        const after = revealed(before, SIZE, card);
        expect(contains(visibleRect(after, SIZE), card)).toBe(true);
        expect(revealed(after, SIZE, card).x).toBeCloseTo(after.x, 6);
      }),
    );
  });

  it('renders more than it shows, and tells only when that runs out', () => {
    const viewport = new Viewport();
    let told = 0;
    viewport.resize(SIZE);
    viewport.onWindow(() => (told += 1));
    for (let i = 0; i < 50; i += 1) viewport.panBy(0, -40);
    expect(contains(viewport.window, visibleRect(viewport.view, viewport.size))).toBe(true);
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThan(8);
  });
});
