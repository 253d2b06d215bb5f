import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { fromRoot } from '../paths.mjs';

const SCOPE = 'node_modules/@nocobase';
/** The two plugins whose place this package takes: nobody reads their code. */
const REPLACED = ['plugin-workflow', 'plugin-workflow-action-trigger'];
/** Plugins that use the workflow plugin without its name in theirs. */
const OTHERS = ['plugin-ai', 'plugin-notification-manager', 'plugin-notification-in-app-message', 'plugin-notification-email'];

/** Published plugins of the host installed here that are built on the workflow plugin. @returns {string[]} names of their folders */
export function extensionPlugins() {
  const folders = readdirSync(fromRoot(SCOPE)).filter((name) => name.startsWith('plugin-workflow-') || OTHERS.includes(name));
  return folders.filter((name) => !REPLACED.includes(name)).sort();
}

/**
 * JavaScript of one half of a published plugin, parsed.
 * @param {string} plugin
 * @param {'server' | 'client' | 'client-v2'} half
 * @returns {Array<import('typescript').SourceFile>} the entry first
 */
export function sourcesOf(plugin, half) {
  const folder = fromRoot(SCOPE, plugin, 'dist', half);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.js') && !name.includes('node_modules'))
    .sort((a, b) => Number(b === 'index.js') - Number(a === 'index.js') || a.localeCompare(b));
  return names.map((name) => {
    const path = join(folder, name);
    return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  });
}

/** Calls back for a node and everything below it; `false` skips what is below. */
export function walk(node, visit) {
  if (visit(node) !== false) node.forEachChild((child) => walk(child, visit));
}

/** `name` of `receiver.name`, or null. */
export function memberOf(node, isReceiver) {
  return ts.isPropertyAccessExpression(node) && isReceiver(node.expression) ? node.name.text : null;
}
