#!/usr/bin/env node
/** Builds `dist/` as the host wants to find it: a CommonJS bundle for the server, an AMD module for each browser lane. */
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = import.meta.dirname;
const NAME = '@example/plugin-workflow-quotes';
/** What the host provides in the browser; everything else goes into the bundle. */
const BROWSER_HOST = ['react', 'react/jsx-runtime', 'antd', 'react-i18next', '@nocobase/client', '@nocobase/client-v2', '@nocobase/plugin-workflow/client-v2'];

async function bundle(entry, external, platform) {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'src', entry)],
    bundle: true,
    format: 'cjs',
    platform,
    target: 'es2020',
    jsx: 'automatic',
    keepNames: true,
    external,
    write: false,
  });
  return outputFiles[0].text;
}

/** A module as the loader of the browser host takes it: the list of what it needs, then a function that gets it. */
function amd(id, code) {
  const needs = BROWSER_HOST.filter((name) => code.includes(`require("${name}")`));
  return `define(${JSON.stringify(id)}, ${JSON.stringify(needs)}, function () {
var given = arguments, needs = ${JSON.stringify(needs)}, module = { exports: {} }, exports = module.exports;
function require(name) { return given[needs.indexOf(name)]; }
${code}
return module.exports;
});
`;
}

/** @param {string} [dist] folder for the result */
export async function buildExample(dist = join(ROOT, 'dist')) {
  await rm(dist, { recursive: true, force: true });
  const files = {
    'server/index.js': await bundle('server/index.ts', ['@nocobase/*'], 'node'),
    'client/index.js': amd(`${NAME}/client`, await bundle('client/index.tsx', BROWSER_HOST, 'browser')),
    'client-v2/index.js': amd(`${NAME}/client-v2`, await bundle('client-v2/index.tsx', BROWSER_HOST, 'browser')),
  };
  for (const [name, code] of Object.entries(files)) {
    await mkdir(join(dist, name, '..'), { recursive: true });
    await writeFile(join(dist, name), code);
  }
  await cp(join(ROOT, 'src/locale'), join(dist, 'locale'), { recursive: true });
}

if (import.meta.url === `file://${process.argv[1]}`) {
  await buildExample();
}
