import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANES } from '../browserLanes.mjs';
import { buildBrowserLane } from '../buildBrowserLane.mjs';
import { FIRST_LOAD_BUDGET_BYTES, bundleSizes } from '../bundleSizes.mjs';

const BUILD_TIMEOUT_MS = 120_000;
let dist: string;

beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'workflow-lanes-'));
});

afterAll(() => rm(dist, { recursive: true, force: true }));

describe.each(['client', 'client-v2'] as const)('the browser half %s', (lane) => {
  let externals: string[];
  beforeAll(async () => {
    externals = await buildBrowserLane({ lane, dist, production: true });
  }, BUILD_TIMEOUT_MS);

  it('defines itself under the id that the host asks for, with modules of the host alone', async () => {
    const defined: { id: string; dependencies: string[] }[] = [];
    const define = Object.assign((id: string, dependencies: string[]) => defined.push({ id, dependencies }), { amd: {} });
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the bundle is a script that finds its loader among the globals
    new Function('define', 'exports', 'module', await readFile(join(dist, lane, 'index.js'), 'utf8'))(define);
    expect(defined).toEqual([{ id: LANES[lane].moduleId, dependencies: expect.any(Array) }]);
    expect(defined[0]!.dependencies.toSorted()).toEqual(externals);
    expect(externals.filter((id) => !LANES[lane].hostModules.includes(id))).toEqual([]);
  });

  it('loads at most 200 KiB after gzip before anything is opened', async () => {
    const { firstLoad } = await bundleSizes(join(dist, lane));
    expect(firstLoad).toBeLessThanOrEqual(FIRST_LOAD_BUDGET_BYTES);
  });
});

it('the v1 half does not carry a copy of the v2 half', async () => {
  const dependencies = await buildBrowserLane({ lane: 'client', dist, production: false });
  expect(dependencies).toContain('@nocobase/plugin-workflow/client-v2');
}, BUILD_TIMEOUT_MS);
