import type { JobExplanation } from '../../api/types';

export interface JobFailure {
  message: string;
  cause?: string;
  stack?: string;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

/** Why a job failed, as far as anybody recorded it; undefined when it did not. */
export function errorOf({ status, error, result }: JobExplanation): JobFailure | undefined {
  if (status >= 0) return undefined;
  const recorded = (error ?? result) as { message?: unknown; cause?: unknown; stack?: unknown } | null | undefined;
  const message = text(recorded?.message) ?? text(result);
  if (!message) return undefined;
  const cause = text(recorded?.cause) ?? text((recorded?.cause as { message?: unknown } | undefined)?.message);
  const stack = text(recorded?.stack);
  return { message, ...(cause && cause !== message ? { cause } : {}), ...(stack ? { stack } : {}) };
}
