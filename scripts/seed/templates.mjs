import { fromRoot } from '../lib/paths.mjs';

/**
 * The worked examples that the list of workflows offers, in English. They are TypeScript of the browser half, so they are
 * compiled first; nothing of them depends on a browser.
 * @returns {Promise<Record<string, import('../../src/client/pages/workflows/templates/types').WorkflowTemplate>>} by key
 */
export async function loadTemplates() {
  // Not above: `npm start` loads this file before it has installed the packages.
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [fromRoot('src/client/pages/workflows/templates/all.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    logLevel: 'silent',
  });
  const { workflowTemplates } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  return Object.fromEntries(workflowTemplates((text) => text).map((template) => [template.key, template]));
}
