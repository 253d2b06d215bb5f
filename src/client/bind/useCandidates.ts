import { useEffect, useState } from 'react';
import type { BindableWorkflow } from './workflows';

/** So that a word typed quickly is one question. */
const PAUSE_MS = 250;

export interface Candidates {
  workflows: readonly BindableWorkflow[];
  loading: boolean;
  failed: boolean;
  retry(): void;
}

/** Asks for the workflows whose titles hold `text`, while the list is open. */
export function useCandidates(
  load: (text: string, signal: AbortSignal) => Promise<BindableWorkflow[]>,
  { open, text }: { open: boolean; text: string },
): Candidates {
  const [state, setState] = useState({ workflows: [] as BindableWorkflow[], loading: false, failed: false });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (!open) return undefined;
    const aborter = new AbortController();
    setState((previous) => ({ ...previous, loading: true, failed: false }));
    const timer = setTimeout(
      () => {
        load(text, aborter.signal).then(
          (workflows) => !aborter.signal.aborted && setState({ workflows, loading: false, failed: false }),
          () => !aborter.signal.aborted && setState({ workflows: [], loading: false, failed: true }),
        );
      },
      text ? PAUSE_MS : 0,
    );
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [load, open, text, attempt]);
  return { ...state, retry: () => setAttempt((count) => count + 1) };
}
