import type { SaveFault } from './types';

type Verdict = 'conflict' | 'refused' | 'unreachable';

/** Requests that the server understood and refused would be refused again; everything else may pass. */
export function verdictOn(error: unknown): Verdict {
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 409) return 'conflict';
  const isRefusal = typeof status === 'number' && status >= 400 && status < 500 && status !== 408 && status !== 429;
  return isRefusal ? 'refused' : 'unreachable';
}

/** What the server said was wrong, place by place. */
export const faultsOf = (error: unknown): readonly SaveFault[] => (error as { faults?: readonly SaveFault[] } | null)?.faults ?? [];
