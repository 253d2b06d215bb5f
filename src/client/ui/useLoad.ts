import { useCallback, useEffect, useRef, useState, type DependencyList } from 'react';
import { errorText } from './errorText';

export interface Loaded<T> {
  /** last answer; stays while it is loaded again */
  data: T | undefined;
  /** why the last attempt failed, for people */
  error: string | undefined;
  /** the same as it was thrown */
  failure: unknown;
  loading: boolean;
  reload(): void;
  /** replaces the answer, e.g. for a change that shows before the server has confirmed it */
  change(update: (data: T) => T): void;
}

/**
 * Loads when the component appears and whenever a dependency changes. A load that is no longer wanted, because a newer
 * one began or the component is gone, is aborted and its answer dropped.
 *
 * @param load gets the signal of its abortion
 * @param dependencies what `load` depends on
 */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, dependencies: DependencyList): Loaded<T> {
  const [state, setState] = useState<{ data?: T; failure?: unknown; loading: boolean }>({ loading: true });
  const running = useRef<AbortController>();
  const latest = useRef(load);
  latest.current = load;

  const reload = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setState(({ data }) => ({ data, loading: true }));
    latest.current(controller.signal).then(
      (data) => {
        if (!controller.signal.aborted) setState({ data, loading: false });
      },
      (failure: unknown) => {
        if (!controller.signal.aborted) setState(({ data }) => ({ data, failure, loading: false }));
      },
    );
  }, []);

  const change = useCallback((update: (data: T) => T) => {
    setState((state) => (state.data === undefined ? state : { ...state, data: update(state.data) }));
  }, []);

  useEffect(() => {
    reload();
    return () => running.current?.abort();
    // The caller names what `load` depends on.
  }, dependencies);

  const { data, failure, loading } = state;
  return { data, failure, error: failure === undefined ? undefined : errorText(failure), loading, reload, change };
}
