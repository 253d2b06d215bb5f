import { useEffect } from 'react';
import type { FlowSaver } from '../../sync';

/** Keeps the browser from closing while something is unsaved; on the way to another page it is saved. */
export function useUnloadGuard(saver: FlowSaver): void {
  useEffect(() => {
    const guard = (event: BeforeUnloadEvent) => {
      if (!saver.hasUnsavedChanges) return;
      saver.retry();
      event.preventDefault();
    };
    window.addEventListener('beforeunload', guard);
    return () => {
      window.removeEventListener('beforeunload', guard);
      void saver.flush().catch(() => undefined);
    };
  }, [saver]);
}
