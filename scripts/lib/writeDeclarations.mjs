import { execFileSync } from 'node:child_process';
import { fromRoot } from './paths.mjs';

/** Writes the `.d.ts` files beside the bundles, for extensions written in TypeScript. */
export function writeDeclarations() {
  execFileSync(process.execPath, [fromRoot('node_modules/typescript/bin/tsc'), '-p', fromRoot('tsconfig.build.json')], {
    cwd: fromRoot(),
    stdio: 'inherit',
  });
}
