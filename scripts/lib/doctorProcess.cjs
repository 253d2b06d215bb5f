/**
 * As `hostProcess.cjs`, with our own command at hand: the host looks for commands in all plugins, and gives up at the
 * first file that holds none (its file manager has one).
 */
const { createRequire } = require('node:module');
const { resolve } = require('node:path');

const requireFromApp = createRequire(resolve(process.cwd(), 'package.json'));
requireFromApp('@nocobase/cli-v1/src/util').initEnv();
delete process.env.NODE_OPTIONS;
const { PluginManager } = requireFromApp('@nocobase/server');

PluginManager.prototype.loadCommands = async function loadCommands() {
  requireFromApp('@nocobase/plugin-workflow/dist/server/commands/doctor.js').default(this.app);
};

require('./hostProcess.cjs');
