import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromRoot } from '../lib/paths.mjs';

const IMPORTS = /^(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]/gm;

/** What a script loads before its first line is executed, files and packages. */
function loadedBy(file: string, seen = new Set<string>()): Set<string> {
  seen.add(file);
  for (const [, name] of readFileSync(file, 'utf8').matchAll(IMPORTS)) {
    const target = name!.startsWith('.') ? join(dirname(file), name!) : name!;
    if (!seen.has(target)) {
      if (name!.startsWith('.')) loadedBy(target, seen);
      else seen.add(target);
    }
  }
  return seen;
}

describe('on a fresh clone, where no package is installed,', () => {
  it.each(['scripts/start.mjs', 'scripts/test.mjs', 'bench/run.mjs'])('%s loads nothing but files of its own and Node', (script) => {
    const loaded = [...loadedBy(fromRoot(script))];
    expect(loaded.length).toBeGreaterThan(3);
    expect(loaded.filter((name) => !name.startsWith('/') && !name.startsWith('node:'))).toEqual([]);
  });
});
