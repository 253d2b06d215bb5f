import { inject } from 'vitest';

/**
 * Databases of this test run.
 * @example describe.each(DIALECTS)('on %s', (dialect) => { … })
 */
export const DIALECTS = inject('dialects');
