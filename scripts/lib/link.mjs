import { existsSync, lstatSync, realpathSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { HOST_PACKAGE_NAME, ROOT, fromRoot } from './paths.mjs';

/**
 * Makes `node_modules/@nocobase/plugin-workflow` a link to this repository, so that the host installed here takes
 * this package for its workflow plugin. Replaces the stock folder that npm put there; nothing to do when it is linked.
 */
export function linkIntoHost() {
  const place = fromRoot('node_modules', HOST_PACKAGE_NAME);
  const entry = lstatSync(place, { throwIfNoEntry: false });
  if (entry?.isSymbolicLink()) {
    if (existsSync(place) && realpathSync(place) === realpathSync(ROOT)) return;
    unlinkSync(place);
  } else if (entry) {
    rmSync(place, { recursive: true, force: true });
  }
  symlinkSync('../..', place, 'dir');
}

if (import.meta.url === `file://${process.argv[1]}`) {
  linkIntoHost();
}
