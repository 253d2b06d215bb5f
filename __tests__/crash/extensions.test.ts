import { setTimeout as delayed } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../src/common/status';
import { EXTENSION_DIALECTS, ExtensionWorld, calculation, entry, type NodeDefinition, type TestWorkflow } from '../integration/extensions/world';
import { HttpTarget } from '../helpers/httpTarget';
import { waitFor } from '../helpers/waitFor';

const RUNS = 500;
const CLIENTS = 4;
/** how many requests have come in when the host is killed: at random, one in each quarter */
const KILLS = [0, 1, 2, 3].map((quarter) => (quarter + 0.2 + Math.random() * 0.7) / 4);
const ROUNDS = 2;
const ANSWER_MS = 200;
const DEADLINE_MS = 240_000;
const LIVE = { $or: [{ status: EXECUTION_STATUS.STARTED }, { status: { $empty: true } }] };

describe.each(EXTENSION_DIALECTS)('kill -9 under extension nodes on %s', (dialect) => {
  let world: ExtensionWorld;
  let target: HttpTarget;
  let workflow: TestWorkflow;
  const accepted: string[] = [];

  const request = (key: string, path: string): NodeDefinition => ({
    key,
    type: 'request',
    config: { url: `${target.url}/{{$context.data.token}}/${path}`, method: 'POST', onlyData: true, timeout: 20_000 },
  });
  const delay = (key: string): NodeDefinition => ({ key, type: 'delay', config: { duration: 1, unit: 1000, endStatus: 1 } });

  beforeAll(async () => {
    // a service that takes its time: some requests are under way whenever the host is killed
    target = await HttpTarget.start(() => delayed(ANSWER_MS, { body: { ok: true } }));
    world = await ExtensionWorld.create({ dialect });
    const loop: NodeDefinition = {
      key: 'loop',
      type: 'loop',
      config: { target: ROUNDS },
      branches: { 0: [request('ask', 'loop/{{$scopes.loop.index}}'), entry('round', 'round {{$scopes.loop.index}}')] },
    };
    const parallel: NodeDefinition = {
      key: 'parallel',
      type: 'parallel',
      config: { mode: 'all' },
      branches: {
        1: [request('left', 'left')],
        2: [delay('pause'), entry('wroteRight', 'right')],
      },
    };
    workflow = await world.workflow([calculation('begin', '1'), loop, parallel, entry('end', 'end')]);
  });

  afterAll(async () => {
    await world?.close();
    await target?.close();
  });

  const count = async (filter: object): Promise<number> =>
    (await world.api.get('executions:list', { filter: { key: workflow.key, ...filter }, pageSize: 1, fields: ['id'] })).meta.count;

  /** Until each of them has been answered: one that breaks off is sent again, as a client would. */
  async function send(tokens: string[]): Promise<void> {
    for (let token = tokens.shift(); token; token = tokens.shift()) {
      try {
        const { status } = await world.api.post(`workflows:trigger?triggerWorkflows=${workflow.key}`, { token });
        if (status !== 200) {
          throw new Error(String(status));
        }
        accepted.push(token);
      } catch {
        tokens.unshift(token);
        return;
      }
    }
  }

  it(
    'all runs end',
    async () => {
      const tokens = Array.from({ length: RUNS }, (_, i) => `t${i}`);
      // the plugin of this trigger stores a run a moment after the response: it has to be there before the first kill
      const first = waitFor(async () => (await count({})) === RUNS, { what: 'all runs to be stored', timeoutMs: DEADLINE_MS });
      await Promise.all([first, ...Array.from({ length: CLIENTS }, () => send(tokens))]);
      for (const share of KILLS) {
        const requests = RUNS * (ROUNDS + 1) * share;
        await waitFor(() => target.received.length >= requests, { what: `${requests} requests`, timeoutMs: DEADLINE_MS });
        await world.host.kill();
        await world.host.start();
      }
      await waitFor(async () => (await count(LIVE)) === 0, { what: 'all runs to end', timeoutMs: DEADLINE_MS });
    },
    2 * DEADLINE_MS,
  );

  it('none is lost, every node has ended', async () => {
    const executions = await world.executions(workflow);
    expect(executions.map(({ context }) => context.data.token).sort()).toEqual([...accepted].sort());
    const jobsPerRun = 1 + 1 + 2 * ROUNDS + 1 + 3 + 1;
    const wrong = executions.filter(
      ({ status, jobs }) => status !== EXECUTION_STATUS.RESOLVED || jobs.length !== jobsPerRun || jobs.some((job) => job.status !== JOB_STATUS.RESOLVED),
    );
    expect(wrong.map(({ id, status, jobs }) => ({ id, status, jobs: jobs.map((job) => `${job.nodeKey}:${job.status}`) }))).toEqual([]);
  });

  it('every row was written once', async () => {
    const steps = [...Array.from({ length: ROUNDS }, (_, i) => `round ${i}`), 'right', 'end'];
    expect(await world.ledger()).toEqual(accepted.flatMap((token) => steps.map((step) => `${step} ${token}`)).sort());
  });

  it('every request was sent, each with one key however often', () => {
    const paths = [...Array.from({ length: ROUNDS }, (_, i) => `loop/${i}`), 'left'];
    const keys = new Map<string, Set<unknown>>();
    for (const { path, headers } of target.received) {
      keys.set(path, (keys.get(path) ?? new Set()).add(headers['idempotency-key']));
    }
    expect([...keys.keys()].sort()).toEqual(accepted.flatMap((token) => paths.map((path) => `/${token}/${path}`)).sort());
    expect([...keys].filter(([, { size }]) => size !== 1)).toEqual([]);
    expect(new Set([...keys.values()].map((values) => [...values][0])).size).toBe(keys.size);
    console.log(`${dialect}: ${accepted.length} runs, ${KILLS.length} kills, ${keys.size} requests, ${target.received.length - keys.size} of them sent again`);
  });
});
