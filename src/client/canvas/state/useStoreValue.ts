import { useRef, useSyncExternalStore } from 'react';
import type { CanvasState, CanvasStore } from './CanvasStore';

/** Several parts of the canvas' state at once; repaints when one of them is another. */
export function useStoreValue<T extends object>(store: CanvasStore, select: (state: CanvasState) => T): T {
  const last = useRef<T>();
  return useSyncExternalStore(store.subscribe, () => {
    const next = select(store.get());
    const before = last.current;
    const isSame = before !== undefined && (Object.keys(next) as (keyof T)[]).every((key) => before[key] === next[key]);
    if (!isSame) last.current = next;
    return last.current!;
  });
}
