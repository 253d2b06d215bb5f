import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { focusFirst } from './focusFirst';

/**
 * Leads the keyboard into what was just added: whoever adds a row wants to fill it in.
 * @param find the element of the added part, once it is there
 * @returns to be called with the adding
 */
export function useFocusAdded(list: RefObject<HTMLElement>, find: (list: HTMLElement) => Element | null | undefined): () => void {
  const [added, setAdded] = useState(0);
  const latest = useRef(find);
  latest.current = find;
  useEffect(() => {
    if (added === 0) return undefined;
    // Selects take the focus back when they close, which is in this frame.
    const frame = requestAnimationFrame(() => {
      const part = list.current && latest.current(list.current);
      if (part instanceof HTMLElement) focusFirst(part);
    });
    return () => cancelAnimationFrame(frame);
  }, [added, list]);
  return useCallback(() => setAdded((count) => count + 1), []);
}
