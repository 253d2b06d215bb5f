#!/usr/bin/env node
/**
 * Reads the published builds of the official extension plugins, lists every name and member that they take from the
 * workflow plugin, and looks each of them up in this package as built in `dist/`.
 *
 *   node scripts/contract.mjs            what is missing; the exit code tells whether that is anything
 *   node scripts/contract.mjs --list     everything that is used, by plugin
 */
import { clientUses } from './lib/contract/clientUses.mjs';
import { clientExports, serverProvided } from './lib/contract/provided.mjs';
import { extensionPlugins } from './lib/contract/published.mjs';
import { serverUses } from './lib/contract/serverUses.mjs';
import { linkIntoHost } from './lib/link.mjs';

/** Members of the plugin object in the browser are class members, which a bundle does not list: tested in the browser. */
const IN_BROWSER = 'plugin in the browser';

/**
 * @typedef {object} Use
 * @property {string} plugin that takes it
 * @property {string} from what it takes it from: a module, or the plugin or processor object
 * @property {string} name
 * @property {boolean | undefined} isPresent undefined where only a browser can tell
 */

/** Everything that the official extensions take from this package. @returns {Use[]} */
export function checkContract() {
  linkIntoHost();
  const server = serverProvided();
  const client = { '@nocobase/plugin-workflow/client': clientExports('client'), '@nocobase/plugin-workflow/client-v2': clientExports('client-v2') };
  return extensionPlugins().flatMap((plugin) => [
    ...Object.entries(serverUses(plugin)).flatMap(([kind, names]) =>
      [...names].map((name) => ({ plugin, from: kind === 'exports' ? '@nocobase/plugin-workflow' : kind, name, isPresent: server[kind].has(name) })),
    ),
    ...['client', 'client-v2'].flatMap((half) =>
      [...clientUses(plugin, half)].flatMap(([id, uses]) => [
        ...[...uses.exports].map((name) => ({ plugin, from: id, name, isPresent: client[id].has(name) })),
        ...[...uses.plugin].map((name) => ({ plugin, from: IN_BROWSER, name, isPresent: undefined })),
      ]),
    ),
  ]);
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const uses = checkContract();
  const missing = uses.filter(({ isPresent }) => isPresent === false);
  for (const { plugin, from, name } of process.argv.includes('--list') ? uses : missing) {
    console.log(`${plugin}\t${from}\t${name}`);
  }
  const distinct = new Set(uses.map(({ from, name }) => `${from} ${name}`)).size;
  console.log(`${uses.length} uses of ${distinct} names by ${extensionPlugins().length} plugins, ${missing.length} missing`);
  process.exitCode = missing.length > 0 ? 1 : 0;
}
