import { existsSync } from 'node:fs';
import { rspack } from '@rspack/core';
import { LANES } from './browserLanes.mjs';
import { HOST_PACKAGE_NAME, fromRoot } from './paths.mjs';

const BROWSERS = 'chrome >= 90, firefox >= 90, safari >= 15';

/** The host defines exact ids; what lies below them, or beside them in `@nocobase`, does not exist in the browser. */
const exactExternals = (hostModules, used) => {
  const known = new Set(hostModules);
  return ({ request }, callback) => {
    if (known.has(request)) {
      used.add(request);
      callback(undefined, request);
    } else if (request.startsWith('@nocobase/')) {
      callback(new Error(`"${request}" is not a module that this browser host defines`));
    } else {
      callback();
    }
  };
};

const typescript = {
  test: /\.[cm]?tsx?$/,
  loader: 'builtin:swc-loader',
  type: 'javascript/auto',
  options: {
    jsc: {
      parser: { syntax: 'typescript', tsx: true },
      transform: { react: { runtime: 'automatic' }, useDefineForClassFields: true },
      keepClassNames: true,
    },
    env: { targets: BROWSERS },
  },
};

const configuration = (lane, dist, production, used) => {
  const { source, moduleId, hostModules } = LANES[lane];
  const entry = fromRoot('src', source, 'index.tsx');
  if (!existsSync(entry)) throw new Error(`src/${source}/index.tsx is missing`);
  return {
    name: lane,
    mode: 'production',
    target: ['web', 'es2020'],
    context: fromRoot(),
    // The first module tells the run time where the chunks lie, before any of them is asked for.
    entry: { index: [fromRoot('src/common/lanePublicPath.ts'), entry] },
    output: {
      path: `${dist}/${lane}`,
      filename: '[name].js',
      chunkFilename: '[name].[contenthash:8].js',
      // Chunks of two bundles on one page find their own registry by this name.
      uniqueName: moduleId,
      publicPath: '',
      library: { type: 'umd', name: moduleId, umdNamedDefine: true },
      globalObject: "(typeof self !== 'undefined' ? self : this)",
    },
    resolve: { extensions: ['.tsx', '.ts', '.mjs', '.js', '.json'] },
    externals: [exactExternals(hostModules, used)],
    externalsType: 'umd',
    module: { rules: [typescript] },
    devtool: false,
    performance: false,
    optimization: {
      minimize: production,
      minimizer: [
        new rspack.SwcJsMinimizerRspackPlugin({
          extractComments: false,
          // The host finds models and the plugin itself by the names of their classes.
          minimizerOptions: { mangle: { keep_classnames: true }, compress: { keep_classnames: true } },
        }),
      ],
      chunkIds: 'named',
      splitChunks: { chunks: 'async', minSize: 20_000 },
    },
    plugins: [new rspack.DefinePlugin({ LANE_PATH: JSON.stringify(`/static/plugins/${HOST_PACKAGE_NAME}/dist/${lane}/`) })],
  };
};

/** @returns {Promise<import('@rspack/core').Stats>} */
function run(compiler) {
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      compiler.close((closeError) => {
        if (error ?? closeError) reject(error ?? closeError);
        else resolve(stats);
      });
    });
  });
}

/**
 * Bundles one browser half to `dist/<lane>/`: `index.js`, which the host loads, and what it loads itself when it is
 * needed. There are no style sheets: the host has no place for them.
 *
 * @param {{ lane: 'client' | 'client-v2', dist: string, production: boolean }} options
 * @returns {Promise<string[]>} ids of the modules left to the host
 * @throws {Error} with all errors of the build
 */
export async function buildBrowserLane({ lane, dist, production }) {
  const used = new Set();
  const stats = await run(rspack(configuration(lane, dist, production, used)));
  if (stats.hasErrors()) throw new Error(stats.toString({ preset: 'errors-only', colors: false }));
  if (stats.hasWarnings()) console.warn(stats.toString({ preset: 'errors-warnings', colors: false }));
  return [...used].sort();
}
