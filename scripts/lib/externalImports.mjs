import { isBuiltin } from 'node:module';

/**
 * Ids that a build left for the host to provide, each once, without Node's own modules and files beside the bundle.
 * @param {import('esbuild').Metafile} metafile
 * @returns {string[]}
 */
export function externalImports(metafile) {
  const ids = Object.values(metafile.outputs).flatMap((output) =>
    output.imports.filter((entry) => entry.external).map((entry) => entry.path),
  );
  return [...new Set(ids)].filter((id) => !isBuiltin(id) && !id.startsWith('.')).sort();
}
