/**
 * Keeps the compiled code and the resolved paths of the host's thousands of module files in one file, because a test run
 * starts hundreds of hosts and half of their time went into loading. `MODULE_CACHE` names the file; a process with
 * `MODULE_CACHE_WRITE` writes it when it ends. Only what lies in `node_modules` is kept. V8 refuses code of another version
 * by itself; the name of the file has to change with the dependencies.
 */
const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, sep } = require('node:path');
const { Script } = require('node:vm');

const file = process.env.MODULE_CACHE;
const isWriting = Boolean(process.env.MODULE_CACHE_WRITE);
const INSIDE = `${sep}node_modules${sep}`;

/** @returns {{ paths: Record<string, string>, codes: Map<string, Buffer> }} */
function load() {
  try {
    const blob = readFileSync(file);
    const headLength = blob.readUInt32LE(0);
    const { paths, sizes } = JSON.parse(blob.toString('utf8', 4, 4 + headLength));
    const codes = new Map();
    let offset = 4 + headLength;
    for (const [name, size] of sizes) {
      codes.set(name, blob.subarray(offset, offset + size));
      offset += size;
    }
    return { paths, codes };
  } catch {
    return { paths: {}, codes: new Map() };
  }
}

function save(paths, scripts) {
  const codes = [...scripts].map(([name, script]) => [name, script.createCachedData()]);
  const head = Buffer.from(JSON.stringify({ paths, sizes: codes.map(([name, { length }]) => [name, length]) }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, Buffer.concat([length, head, ...codes.map(([, code]) => code)]));
  renameSync(temporary, file);
}

/** Code out of a cache has lost what `import()` needs. */
const isFit = (content, filename, format) =>
  filename.includes(INSIDE) && !filename.endsWith('.mjs') && format !== 'module' && !content.startsWith('#!') && !/\bimport\s*\(/.test(content);

function install() {
  const { paths, codes } = isWriting ? { paths: {}, codes: new Map() } : load();
  const scripts = new Map();

  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, parent, isMain, options) {
    const from = parent?.filename;
    if (options || !from?.includes(INSIDE)) return resolve.call(this, request, parent, isMain, options);
    const key = `${dirname(from)}\n${request}`;
    const known = paths[key];
    if (known) return known;
    const found = resolve.call(this, request, parent, isMain, options);
    if (isWriting && found.includes(INSIDE)) paths[key] = found;
    return found;
  };

  const compile = Module.prototype._compile;
  Module.prototype._compile = function (content, filename, format) {
    const cachedData = codes.get(filename);
    if (!cachedData && !(isWriting && isFit(content, filename, format))) return compile.call(this, content, filename, format);
    const script = new Script(Module.wrap(content), { filename, cachedData });
    if (isWriting) scripts.set(filename, script);
    const own = (id) => this.require(id);
    own.resolve = (request, options) => Module._resolveFilename(request, this, false, options);
    own.resolve.paths = (request) => Module._resolveLookupPaths(request, this);
    own.main = process.mainModule;
    own.extensions = Module._extensions;
    own.cache = Module._cache;
    return script.runInThisContext().call(this.exports, this.exports, own, this, filename, dirname(filename));
  };

  if (isWriting) process.once('exit', (code) => code === 0 && save(paths, scripts));
}

if (file) install();
