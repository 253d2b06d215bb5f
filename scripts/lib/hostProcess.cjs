/**
 * One NocoBase process: what the stock command-line tool does around the server, without its shell and yarn.
 * The working directory holds the `node_modules` to run; the arguments are those of the server ("install", "start", …).
 * `HOST_PLUGINS` (names, or files with a plugin class; commas between them) takes the place of the full preset.
 */
if (process.env.MODULE_CACHE) require('./moduleCache.cjs');
const { createRequire } = require('node:module');
const { isAbsolute, parse, resolve } = require('node:path');

const requireFromApp = createRequire(resolve(process.cwd(), 'package.json'));
const nodeOptions = process.env.NODE_OPTIONS;

const { initEnv, generateAppDir } = requireFromApp('@nocobase/cli-v1/src/util');
initEnv();
// initEnv() asks children for --preserve-symlinks; with a linked plugin that would load a second copy of the server.
if (nodeOptions === undefined) delete process.env.NODE_OPTIONS;
else process.env.NODE_OPTIONS = nodeOptions;
process.env.NODE_MODULES_PATH = resolve(process.cwd(), 'node_modules');
generateAppDir();

const entry = requireFromApp.resolve('@nocobase/app/lib/index.js');
process.argv[1] = entry;
if (process.env.HOST_PLUGINS) void startWith(process.env.HOST_PLUGINS.split(','));
else requireFromApp(entry);

async function startWith(names) {
  const plugins = names.map((name) => (isAbsolute(name) ? [require(name), { name: parse(name).name }] : name));
  const { Gateway } = requireFromApp('@nocobase/server');
  const { getConfig } = requireFromApp('@nocobase/app/lib/config');
  await Gateway.getInstance().run({ mainAppOptions: { ...(await getConfig()), plugins } });
}
