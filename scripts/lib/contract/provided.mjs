import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import { fromRoot } from '../paths.mjs';

/** Anything: a module of the host that is only there so that a bundle can be evaluated. */
function anything() {
  const target = function () {};
  return new Proxy(target, {
    get: (_, key) => (key === Symbol.toPrimitive ? () => 'anything' : key === 'prototype' ? target.prototype : key === Symbol.iterator ? [][Symbol.iterator].bind([]) : anything()),
    apply: () => anything(),
    construct: () => anything(),
  });
}

/** Names that a browser half of this package exports. @param {'client' | 'client-v2'} half */
export function clientExports(half) {
  return new Set(Object.keys(evaluate(half)));
}

function evaluate(half) {
  const provide = (id) => (id === '@nocobase/plugin-workflow/client-v2' ? evaluate('client-v2') : anything());
  let exports;
  const define = Object.assign((_id, ids, factory) => (exports = factory(...ids.map(provide))), { amd: true });
  const document = { currentScript: { src: 'http://localhost/index.js', tagName: 'SCRIPT' }, getElementsByTagName: () => [] };
  /** @type {Record<string, unknown>} */
  const window = { define, document, location: { href: 'http://localhost/' } };
  runInNewContext(readFileSync(fromRoot('dist', half, 'index.js'), 'utf8'), Object.assign(window, { self: window, window, globalThis: window, console, URL, setTimeout, queueMicrotask }));
  return exports;
}

/** Members that an object offers: its own and those of its classes. */
function membersOf(object) {
  const names = new Set();
  for (let level = object; level && level !== Object.prototype; level = Object.getPrototypeOf(level)) {
    Object.getOwnPropertyNames(level).forEach((name) => names.add(name));
  }
  return names;
}

/** What the server half of this package offers, by the kinds of `serverUses()`. */
export function serverProvided() {
  const exports = createRequire(fromRoot('package.json'))('@nocobase/plugin-workflow');
  const log = Object.fromEntries(['debug', 'info', 'warn', 'error'].map((level) => [level, () => {}]));
  const plugin = new exports.default({ log, name: 'main' }, { name: 'workflow' });
  const processor = new exports.Processor({}, { plugin });
  return { exports: new Set(Object.keys(exports)), plugin: membersOf(plugin), processor: membersOf(processor) };
}
