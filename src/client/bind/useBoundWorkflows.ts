import { useEffect, useState } from 'react';
import { usePort } from '../port/HostPort';
import { loadBound, type BindableWorkflow } from './workflows';

export interface BoundWorkflows {
  /** undefined: no workflow has this key, or it is not known yet */
  get(key: string): BindableWorkflow | undefined;
  /** tells of one that was just chosen */
  add(workflow: BindableWorkflow): void;
  loading: boolean;
  failed: boolean;
  retry(): void;
}

/** The workflows with these keys, whether they are enabled or not. */
export function useBoundWorkflows(keys: readonly string[]): BoundWorkflows {
  const port = usePort();
  const [known, setKnown] = useState<ReadonlyMap<string, BindableWorkflow | undefined>>(new Map());
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const unknown = keys.filter((key) => !known.has(key)).join(',');

  useEffect(() => {
    if (!unknown) return undefined;
    const aborter = new AbortController();
    setFailed(false);
    const asked = unknown.split(',');
    loadBound(port, asked, aborter.signal).then(
      (found) => {
        if (aborter.signal.aborted) return;
        setKnown((before) => new Map([...before, ...asked.map((key) => [key, found.get(key)] as const)]));
      },
      () => !aborter.signal.aborted && setFailed(true),
    );
    return () => aborter.abort();
  }, [port, unknown, attempt]);

  return {
    get: (key) => known.get(key),
    add: (workflow) => setKnown((before) => new Map([...before, [workflow.key, workflow]])),
    loading: Boolean(unknown) && !failed,
    failed,
    retry: () => setAttempt((count) => count + 1),
  };
}
