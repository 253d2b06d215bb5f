import { mkdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { build } from 'esbuild';
import { HOST_PACKAGE_NAME, fromRoot } from './paths.mjs';
import { externalImports } from './externalImports.mjs';

/** Modules that both browser hosts define. A path below one of these packages is not defined and gets bundled. */
const SHARED_MODULES = [
  'react', 'react-dom', 'react/jsx-runtime', 'react-router', 'react-router-dom', 'antd', 'antd-style', '@ant-design/icons',
  '@ant-design/cssinjs', 'i18next', 'react-i18next', '@formily/antd-v5', '@formily/core', '@formily/react',
  '@formily/reactive', '@formily/shared', '@nocobase/utils', '@nocobase/utils/client', '@nocobase/client-v2',
  '@nocobase/flow-engine', '@nocobase/evaluators', '@nocobase/evaluators/client', '@dnd-kit/core', '@dnd-kit/sortable',
  '@ctrl/tinycolor', 'ahooks', 'axios', 'dayjs', 'lodash', '@emotion/css', 'file-saver',
];

/** Modules that only the v1 host defines; there the v2 lane of this package is a module of its own and is not copied. */
const V1_MODULES = [
  '@nocobase/client', '@nocobase/sdk', '@formily/json-schema', '@formily/path', '@formily/validator',
  '@formily/reactive-react', `${HOST_PACKAGE_NAME}/client-v2`,
];

const LANES = {
  client: { source: 'client-v1', moduleId: HOST_PACKAGE_NAME, hostModules: [...SHARED_MODULES, ...V1_MODULES] },
  'client-v2': { source: 'client-v2', moduleId: `${HOST_PACKAGE_NAME}/client-v2`, hostModules: SHARED_MODULES },
};

/** esbuild takes an external `react` as `react` and everything below it; the host defines exact ids only. */
const exactExternals = (hostModules) => ({
  name: 'exact-externals',
  setup({ onResolve }) {
    const known = new Set(hostModules);
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind !== 'entry-point' && known.has(path)) return { path, external: true };
      if (path.startsWith('@nocobase/')) {
        return { errors: [{ text: `"${path}" is not a module that this browser host defines` }] };
      }
      return undefined;
    });
  },
});

/** Wraps a CommonJS bundle as the AMD module that the host's loader asks for; `require` works too, for tools. */
function asAmdModule(moduleId, dependencies, code) {
  return `(function (ids) {
  if (typeof define === 'function' && define.amd) define(${JSON.stringify(moduleId)}, ids, factory);
  else module.exports = factory.apply(null, ids.map(function (id) { return require(id); }));
  function factory() {
    var loaded = arguments, module = { exports: {} }, exports = module.exports;
    var require = function (id) { return loaded[ids.indexOf(id)]; };
${code}
    return module.exports;
  }
})(${JSON.stringify(dependencies)});
`;
}

/**
 * Bundles one browser half to `dist/<lane>/index.js`. Everything is in that one file: the host's loader resolves
 * neither chunks nor style sheets of a plugin.
 *
 * @param {{ lane: 'client' | 'client-v2', dist: string, production: boolean }} options
 * @returns {Promise<string[]>} ids of the modules left to the host
 */
export async function buildBrowserLane({ lane, dist, production }) {
  const { source, moduleId, hostModules } = LANES[lane];
  const entry = fromRoot('src', source, 'index.tsx');
  if (!existsSync(entry)) {
    throw new Error(`src/${source}/index.tsx is missing`);
  }
  const { metafile, outputFiles } = await build({
    entryPoints: [entry],
    outfile: `${dist}/${lane}/index.js`,
    write: false,
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    target: ['chrome90', 'firefox90', 'safari15'],
    supported: { 'dynamic-import': false },
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [exactExternals(hostModules)],
    keepNames: true,
    minify: production,
    metafile: true,
    logLevel: 'warning',
    absWorkingDir: fromRoot(),
  });
  const dependencies = externalImports(metafile);
  await mkdir(`${dist}/${lane}`, { recursive: true });
  await writeFile(`${dist}/${lane}/index.js`, asAmdModule(moduleId, dependencies, outputFiles[0].text));
  return dependencies;
}
