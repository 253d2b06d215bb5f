import { existsSync } from 'node:fs';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * The installed browser, from `CHROMIUM_PATH` or the usual places.
 * @returns {string | undefined}
 */
export const chromiumPath = () => process.env.CHROMIUM_PATH ?? CANDIDATES.find((path) => existsSync(path));
