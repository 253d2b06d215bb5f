import { startTransition, useEffect, useState } from 'react';
import { overlaps, type Rect, type Viewport } from './Viewport';

/** How far the rendered part grows in one step, to each side, in world pixels; a few dozen cards. */
const STEP_PX = 1200;

/**
 * One step from what is rendered to what should be: what is not wanted any more goes at once, what is wanted comes in
 * stripes, those nearest to what is there already first.
 */
export function grownTowards(from: Rect, to: Rect): Rect {
  const middle = { x: to.x + to.width / 2, y: to.y + to.height / 2, width: 0, height: 0 };
  const start = overlaps(from, to) ? from : middle;
  const left = Math.max(to.x, start.x - STEP_PX);
  const top = Math.max(to.y, start.y - STEP_PX);
  const right = Math.min(to.x + to.width, start.x + start.width + STEP_PX);
  const bottom = Math.min(to.y + to.height, start.y + start.height + STEP_PX);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

const isSame = (a: Rect, b: Rect) => a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

/**
 * Part of the world that is rendered; it follows the viewport in steps and without blocking it. Putting elements into
 * the page cannot be interrupted, so a part that is much larger, e.g. after zooming out, is reached in several frames.
 */
export function useWindow(viewport: Viewport): Rect {
  const [window, setWindow] = useState(viewport.window);
  useEffect(() => {
    let frame = 0;
    const follow = () => {
      frame = 0;
      startTransition(() => setWindow((from) => (isSame(from, viewport.window) ? from : grownTowards(from, viewport.window))));
    };
    // The next step waits for the frame after this one was put into the page.
    if (!isSame(window, viewport.window)) frame = requestAnimationFrame(follow);
    const stop = viewport.onWindow(() => {
      cancelAnimationFrame(frame);
      follow();
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [viewport, window]);
  return window;
}
