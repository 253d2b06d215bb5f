import { setTimeout as delay } from 'node:timers/promises';

const INTERVAL_MS = 25;

/**
 * Asks again and again until the answer is neither null, undefined nor false.
 *
 * @param options.what named in the error, e.g. "execution of w1 to end"
 * @param options.timeoutMs @default 20000
 * @returns the answer
 * @throws Error with `what` and the last answer or error, when time is up
 * @example const execution = await waitFor(() => findExecution(key), { what: 'an execution' });
 */
export async function waitFor<T>(
  ask: () => Promise<T> | T,
  { what, timeoutMs = 20_000 }: { what: string; timeoutMs?: number },
): Promise<Exclude<T, null | undefined | false>> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined && answer !== false) {
        return answer as Exclude<T, null | undefined | false>;
      }
      last = answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`Waited ${timeoutMs} ms in vain for ${what}; last: ${String(last)}`, { cause: last });
    }
    await delay(INTERVAL_MS);
  }
}
