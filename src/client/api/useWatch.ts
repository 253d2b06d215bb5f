import { useEffect } from 'react';
import { usePort } from '../port/HostPort';

/** The server forgets a watch after a minute. */
const RENEW_MS = 30_000;

/** One execution, the executions of a workflow (by its key), or with `{}` all of them. */
export type WatchTarget = { filterByTk: string | number } | { key: string } | Record<string, never>;

/**
 * Asks the server to tell how executions get on while the component shows; `useExecutionChanges` hears it.
 * @param target undefined: nothing to watch
 */
export function useWatch(target: WatchTarget | undefined): void {
  const port = usePort();
  const params = target && JSON.stringify(target);
  useEffect(() => {
    if (params === undefined) return undefined;
    // Without it pages still ask by themselves, only less often.
    const ask = () =>
      void port.request({ action: 'executions:watch', params: JSON.parse(params) as WatchTarget, values: {} }).catch(() => undefined);
    ask();
    const timer = setInterval(ask, RENEW_MS);
    return () => clearInterval(timer);
  }, [params, port]);
}
