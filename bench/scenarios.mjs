import { median } from './lib/statistics.mjs';
import { createWorkflow } from './lib/world.mjs';

const POSTS = 'bench_posts';
const LOGS = 'bench_logs';

const FIELDS = [
  { name: 'id', type: 'bigInt', autoIncrement: true, primaryKey: true, allowNull: false, interface: 'id' },
  { name: 'title', type: 'string', interface: 'input' },
  { name: 'amount', type: 'integer', interface: 'integer' },
];

const calculations = (count) =>
  Array.from({ length: count }, () => ({
    type: 'calculation',
    config: { engine: 'math.js', expression: '{{$context.data.amount}} * 2 + 1' },
  }));

const ofThisPost = { $and: [{ id: { $eq: '{{$context.data.id}}' } }] };

/** condition → query → update → create: what a typical business workflow does */
const dataNodes = [
  {
    type: 'condition',
    config: {
      engine: 'basic',
      rejectOnFalse: false,
      calculation: {
        group: { type: 'and', calculations: [{ calculator: 'gt', operands: ['{{$context.data.amount}}', -1] }] },
      },
    },
  },
  { type: 'query', config: { collection: POSTS, multiple: false, params: { filter: ofThisPost } } },
  {
    type: 'update',
    config: { collection: POSTS, params: { individualHooks: false, filter: ofThisPost, values: { title: 'done' } } },
  },
  {
    type: 'create',
    config: {
      collection: LOGS,
      params: { values: { title: '{{$context.data.title}}', amount: '{{$context.data.amount}}' } },
    },
  },
];

/**
 * null is the plain request, nothing triggered. `workflows`: how many alike workflows each request starts, 1 by default;
 * with many, the host's own request weighs little and the executions per second are those of the engine.
 * @type {Record<string, { sync: boolean, nodes: object[], workflows?: number } | null>}
 */
export const SCENARIOS = {
  plain: null,
  sync1: { sync: true, nodes: calculations(1) },
  sync5: { sync: true, nodes: calculations(5) },
  sync20: { sync: true, nodes: calculations(20) },
  async1: { sync: false, nodes: calculations(1) },
  async5: { sync: false, nodes: calculations(5) },
  async20: { sync: false, nodes: calculations(20) },
  asyncData: { sync: false, nodes: dataNodes },
  fan5: { sync: false, nodes: calculations(5), workflows: 20 },
  fanData: { sync: false, nodes: dataNodes, workflows: 5 },
};

async function ensureCollection({ send, must }, name) {
  const found = await send('GET', `collections:get?filterByTk=${name}`);
  if (!found.body?.data) {
    await must('POST', 'collections:create', { name, title: name, autoGenId: true, createdAt: true, updatedAt: true, fields: FIELDS });
  }
}

/** `count` requests from `clients` concurrent clients. */
async function burst({ send }, { query, count, clients }) {
  const latencies = [];
  let sent = 0;
  let failed = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (sent < count) {
        const amount = sent++;
        const startedAt = performance.now();
        const { status } = await send('POST', `${POSTS}:create${query}`, { title: `t${amount}`, amount });
        latencies.push(performance.now() - startedAt);
        failed += Number(status >= 300);
      }
    }),
  );
  return { medianMs: median(latencies), failed };
}

/** Asks for the number alone: a list of thousands of rows, ten times a second, would be most of what the host does. */
async function countOf({ send }, keys, more = {}) {
  const filter = encodeURIComponent(JSON.stringify({ 'key.$in': keys, ...more }));
  const { status, body } = await send('GET', `executions:list?filter=${filter}&pageSize=1&fields=id`);
  const count = body?.meta?.count;
  if (status === 200 && typeof count !== 'number') throw new Error(`executions:list does not say how many there are: ${JSON.stringify(body.meta)}`);
  return count ?? 0;
}

/** With many workflows a request there are fewer requests: so many runs for each that was asked for. */
const RUNS_PER_REQUEST = 4;
const DRAIN_LIMIT_MS = 120_000;
/** After so long without a run that ended, those that are left are counted as lost: stock on SQLite loses some in every round. */
const STALL_MS = 10_000;

/**
 * Waits until `target` executions are resolved, or the limit is reached, or nothing moves any more.
 * @returns {Promise<{ count: number, movedAt: number }>} how many are, and when the last of them was seen to be
 */
async function drain(client, keys, target) {
  const deadline = performance.now() + DRAIN_LIMIT_MS;
  let count = -1;
  let stored = 0;
  let movedAt = performance.now();
  for (let progressAt = movedAt; ; ) {
    const now = await countOf(client, keys, { status: 1 });
    if (now !== count) progressAt = movedAt = performance.now();
    count = now;
    if (count >= target || performance.now() > deadline) return { count, movedAt };
    if (performance.now() - progressAt > STALL_MS) {
      // Stock stores all executions that it was told of before it begins with the first.
      const total = await countOf(client, keys);
      if (total === stored) return { count, movedAt };
      stored = total;
      progressAt = performance.now();
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Collections and warm-up; call it once per host. */
export async function prepare(client) {
  await ensureCollection(client, POSTS);
  await ensureCollection(client, LOGS);
  await burst(client, { query: '', count: 400, clients: 8 });
}

/**
 * One round of a scenario on one host, with a plain burst right before it, so that the drift of the machine cancels out.
 * @returns {Promise<{ medianMs: number, over: number, perSecond: number | null, failed: number, lost: number }>}
 *   `over` = median with the workflow / median of the plain request; `perSecond` = executions from the first request to the last end
 */
export async function measure(client, name, { count: requests, clients }) {
  const count = Math.ceil(requests / Math.max(1, (SCENARIOS[name]?.workflows ?? 1) / RUNS_PER_REQUEST));
  const plain = await burst(client, { query: '', count, clients });
  const scenario = SCENARIOS[name];
  if (!scenario) {
    return { medianMs: plain.medianMs, over: 1, perSecond: null, failed: plain.failed, lost: 0 };
  }
  const { workflows: fan = 1 } = scenario;
  const workflows = [];
  for (let index = 0; index < fan; index += 1) workflows.push(await createWorkflow(client, { ...scenario, config: { collection: POSTS, appends: [] } }));
  const keys = workflows.map(({ key }) => key);
  const query = `?triggerWorkflows=${keys.join()}`;
  await burst(client, { query, count: 20, clients: 2 });
  const { count: before } = await drain(client, keys, 20 * fan);
  const startedAt = performance.now();
  const { medianMs, failed } = await burst(client, { query, count, clients });
  const expected = (count - failed) * fan;
  const drained = await drain(client, keys, before + expected);
  const done = drained.count - before;
  const seconds = (drained.movedAt - startedAt) / 1000;
  for (const { id } of workflows) await client.must('POST', `workflows:update?filterByTk=${id}`, { enabled: false });
  return { medianMs, over: medianMs / plain.medianMs, perSecond: done / seconds, failed, lost: expected - done };
}

/** Median of every figure over the rounds that came to their end; failures are added up. @returns null when none did */
export function summarise(all) {
  const rounds = all.filter((round) => round !== null);
  if (!rounds.length) return null;
  const of = (key) => median(rounds.map((round) => round[key]));
  const sum = (key) => rounds.reduce((total, round) => total + round[key], 0);
  return {
    medianMs: of('medianMs'),
    over: of('over'),
    overLow: Math.min(...rounds.map(({ over }) => over)),
    overHigh: Math.max(...rounds.map(({ over }) => over)),
    perSecond: rounds[0].perSecond === null ? null : of('perSecond'),
    failed: sum('failed'),
    lost: sum('lost'),
    rounds: rounds.length,
  };
}
