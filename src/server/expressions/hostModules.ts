import { createRequire } from 'node:module';

/**
 * Loads a library that the host's evaluators use, in exactly the copy that they use.
 *
 * @returns undefined when it cannot be resolved from there
 */
export function requireOfEvaluators<T>(name: string): T | undefined {
  try {
    return createRequire(require.resolve('@nocobase/evaluators'))(name) as T;
  } catch {
    return undefined;
  }
}
