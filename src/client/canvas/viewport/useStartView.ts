import { useEffect, useRef } from 'react';
import type { Rect, Viewport } from './Viewport';

/** in screen pixels */
const TOP_MARGIN_PX = 40;
const SIDE_MARGIN_PX = 8;
/** below this width a canvas begins smaller than life when its flow is wider */
const NARROW_PX = 600;
/** smaller than this, texts are hard to read on a phone */
const MIN_START_ZOOM = 0.7;

/** The trigger begins at the top, in the middle; on narrow screens a little smaller, so that its branches are seen. */
export function useStartView(viewport: Viewport, bounds: Rect): void {
  const latest = useRef(bounds);
  latest.current = bounds;
  useEffect(() => {
    let isPlaced = false;
    const place = () => {
      if (isPlaced || viewport.size.width === 0) return;
      isPlaced = true;
      const middle = viewport.size.width / 2;
      const { x, width } = latest.current;
      const fitting = (middle - SIDE_MARGIN_PX) / Math.max(1, -x, x + width);
      const zoom = viewport.size.width < NARROW_PX ? Math.max(MIN_START_ZOOM, Math.min(1, fitting)) : 1;
      viewport.setView({ zoom, x: middle, y: TOP_MARGIN_PX });
    };
    place();
    return viewport.onView(place);
  }, [viewport]);
}
