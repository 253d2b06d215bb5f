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

/** @type {Record<string, { sync: boolean, nodes: object[] } | null>} null is the plain request, nothing triggered */
export const SCENARIOS = {
  plain: null,
  sync1: { sync: true, nodes: calculations(1) },
  sync5: { sync: true, nodes: calculations(5) },
  sync20: { sync: true, nodes: calculations(20) },
  async1: { sync: false, nodes: calculations(1) },
  async5: { sync: false, nodes: calculations(5) },
  async20: { sync: false, nodes: calculations(20) },
  asyncData: { sync: false, nodes: dataNodes },
};

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function ensureCollection({ send, must }, name) {
  const found = await send('GET', `collections:get?filterByTk=${name}`);
  if (!found.body?.data) {
    await must('POST', 'collections:create', { name, title: name, autoGenId: true, createdAt: true, updatedAt: true, fields: FIELDS });
  }
}

async function createWorkflow({ must }, { sync, nodes }) {
  const workflow = await must('POST', 'workflows:create', {
    title: 'bench',
    type: 'action',
    sync,
    enabled: false,
    config: { collection: POSTS, appends: [] },
  });
  let upstreamId = null;
  for (const { type, config } of nodes) {
    upstreamId = (await must('POST', `workflows/${workflow.id}/nodes:create`, { type, config, upstreamId, branchIndex: null })).id;
  }
  await must('POST', `workflows:update?filterByTk=${workflow.id}`, { enabled: true });
  return workflow;
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

async function resolvedCount({ must }, key) {
  const filter = encodeURIComponent(JSON.stringify({ key, status: 1 }));
  const rows = await must('GET', `executions:list?filter=${filter}&pageSize=100000&fields=id`);
  return rows.length;
}

const DRAIN_LIMIT_MS = 120_000;

/** Waits until `target` executions are resolved. @returns how many are when the limit is reached */
async function drain(client, key, target) {
  const deadline = performance.now() + DRAIN_LIMIT_MS;
  for (;;) {
    const count = await resolvedCount(client, key);
    if (count >= target || performance.now() > deadline) return count;
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
export async function measure(client, name, { count, clients }) {
  const plain = await burst(client, { query: '', count, clients });
  const scenario = SCENARIOS[name];
  if (!scenario) {
    return { medianMs: plain.medianMs, over: 1, perSecond: null, failed: plain.failed, lost: 0 };
  }
  const workflow = await createWorkflow(client, scenario);
  const query = `?triggerWorkflows=${workflow.key}`;
  await burst(client, { query, count: 20, clients: 2 });
  const before = await drain(client, workflow.key, 20);
  const startedAt = performance.now();
  const { medianMs, failed } = await burst(client, { query, count, clients });
  const done = (await drain(client, workflow.key, before + count - failed)) - before;
  const seconds = (performance.now() - startedAt) / 1000;
  await client.must('POST', `workflows:update?filterByTk=${workflow.id}`, { enabled: false });
  return { medianMs, over: medianMs / plain.medianMs, perSecond: done / seconds, failed, lost: count - failed - done };
}

/** Median of every figure over the rounds; failures are added up. */
export function summarise(rounds) {
  const of = (key) => median(rounds.map((round) => round[key]));
  const sum = (key) => rounds.reduce((total, round) => total + round[key], 0);
  return {
    medianMs: of('medianMs'),
    over: of('over'),
    perSecond: rounds[0].perSecond === null ? null : of('perSecond'),
    failed: sum('failed'),
    lost: sum('lost'),
  };
}
