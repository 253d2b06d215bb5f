import { useCallback, useEffect, useRef, useState } from 'react';
import { errorMessage } from './WorkflowApi';

export interface Loaded<T> {
  data: T | undefined;
  /** message of the last failure */
  error: string | undefined;
  loading: boolean;
  reload(): void;
}

/**
 * Loads when a dependency changes and on `reload()`; an answer that was overtaken by a later request is dropped.
 * The last data stays while the next is on its way.
 */
export function useLoad<T>(load: () => Promise<T>, dependencies: unknown[]): Loaded<T> {
  const [state, setState] = useState<Omit<Loaded<T>, 'reload'>>({ data: undefined, error: undefined, loading: true });
  const latest = useRef(0);
  const reload = useCallback(() => {
    const turn = ++latest.current;
    const finish = (result: Partial<Loaded<T>>) => {
      if (turn === latest.current) setState((previous) => ({ ...previous, error: undefined, ...result, loading: false }));
    };
    setState((previous) => ({ ...previous, loading: true }));
    load().then(
      (data) => finish({ data }),
      (error: unknown) => finish({ error: errorMessage(error) }),
    );
    // The caller names what `load` depends on.
  }, dependencies);
  useEffect(() => {
    reload();
    return () => {
      latest.current += 1;
    };
  }, [reload]);
  return { ...state, reload };
}
