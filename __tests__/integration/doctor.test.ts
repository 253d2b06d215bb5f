import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkflowModel } from '../../src/server/contract';
import { CHECKS } from '../../src/server/doctor/examine';
import { DIALECTS } from '../helpers/dialects';
import { noteForProof } from '../helpers/noteForProof';
import { ApiWorld, messages } from './api/world';

const LONG_AGO = new Date('2021-01-01T00:00:00.000Z');

describe.each(DIALECTS)('the doctor on %s', (dialect) => {
  let world: ApiWorld;
  let workflow: WorkflowModel;
  let executionId: number;
  let next = 1_000;

  beforeAll(async () => {
    world = await ApiWorld.create({ dialect });
    workflow = await world.workflow();
    await world.graph(workflow.id, ['a', 'b']);
    await world.trigger(workflow.id);
    ({ id: executionId } = await world.execution(workflow.id, ({ status }) => status === 1));
    await world.waiting();
    await world.api.post(`workflows:revision?filterByTk=${workflow.id}&filter[key]=${workflow.key}`);
    // what tidies up by itself now and then might find a planted corruption before the doctor does
    const plugin = world.host.plugin as unknown as { timeoutManager: { unload(): Promise<void> }; recoverTimer: NodeJS.Timeout };
    await plugin.timeoutManager.unload();
    expect(plugin.recoverTimer).toBeDefined();
    clearInterval(plugin.recoverTimer);
  });
  afterAll(() => world?.host.close());

  const model = (name: string) => world.host.db.getModel(name);
  const examine = async () => (await world.api.get('workflows:examine')).data;
  const codes = async (): Promise<string[]> => (await examine()).findings.map(({ code }: { code: string }) => code);

  /** A row as nobody would write it: past all hooks. */
  async function plant(name: string, values: Record<string, unknown>): Promise<void> {
    await model(name).bulkCreate([{ id: (next += 1), ...values }], { hooks: false, validate: false });
  }

  const execution = (values: object) => ({
    workflowId: workflow.id,
    key: workflow.key,
    eventKey: `planted-${next}`,
    context: {},
    dispatched: true,
    createdAt: LONG_AGO,
    updatedAt: LONG_AGO,
    ...values,
  });
  const job = (values: object) => ({ executionId, nodeId: 1, nodeKey: 'x', status: 1, ...values });
  /** A version beside others of its workflow that has nothing else wrong with it. */
  async function version(values: object): Promise<void> {
    await plant('workflows', { title: 'planted', type: 'syncTrigger', config: {}, options: {}, enabled: false, ...values });
    await model('workflowVersionStats').bulkCreate([{ id: next, executed: 0 }]);
  }

  /** By what it is to be found: what a person, another program or a crash may have left. */
  const corruptions: Record<string, () => Promise<void>> = {
    'no-current-version': async () => {
      await version({ key: `lost${next}`, current: null });
      await model('workflowStats').bulkCreate([{ key: `lost${next - 1}`, executed: 0 }]);
    },
    'enabled-not-current': () => version({ key: workflow.key, current: null, enabled: true }),
    'trigger-not-listening': async () => void world.host.plugin.enabledCache.delete(Number(workflow.id)),
    'unknown-trigger-type': async () => {
      await world.workflow();
      const [row] = await model('workflows').findAll({ order: [['id', 'DESC']], limit: 1 });
      await model('workflows').update({ type: 'gone' }, { where: { id: row!.get('id') as number }, hooks: false });
    },
    'unknown-node-type': () => plant('flow_nodes', { workflowId: workflow.id, key: 'gone', type: 'gone', config: {}, upstreamId: 5 }),
    'broken-graph': () => plant('flow_nodes', { workflowId: workflow.id, key: 'loose', type: 'echo', config: {}, upstreamId: 5 }),
    'duplicate-node-key': async () => {
      const node = await model('flow_nodes').findOne({ where: { workflowId: workflow.id } });
      await plant('flow_nodes', { workflowId: workflow.id, key: node!.get('key'), type: 'echo', config: {}, upstreamId: 5 });
    },
    'orphan-node': () => plant('flow_nodes', { workflowId: 5, key: 'o', type: 'echo', config: {} }),
    'missing-counter': async () => void (await model('workflowStats').destroy({ where: { key: workflow.key }, hooks: false })),
    'missing-version-counter': async () =>
      void (await model('workflowVersionStats').destroy({ where: { id: workflow.id }, hooks: false })),
    'low-counter': async () => void (await model('workflowStats').update({ executed: 0 }, { where: { key: workflow.key } })),
    'low-version-counter': async () =>
      void (await model('workflowVersionStats').update({ executed: 0 }, { where: { id: workflow.id } })),
    'orphan-counter': async () => void (await model('workflowStats').bulkCreate([{ key: 'nobody', executed: 3 }])),
    'orphan-version-counter': async () => void (await model('workflowVersionStats').bulkCreate([{ id: 6, executed: 3 }])),
    'orphan-occurrence': async () =>
      void (await model('workflowOccurrences').bulkCreate([{ key: 'nobody@1', workflowKey: 'nobody', lastAt: 1, updatedAt: 1 }])),
    'orphan-category': async () =>
      void (await model('workflowCategoryRelations').bulkCreate([{ workflowId: workflow.id, categoryId: 77 }], { hooks: false })),
    'orphan-task-numbers': () => plant('userWorkflowTaskStats', { userId: 1, workflowKey: 'nobody', type: 'manual', pending: 2, all: 2 }),
    'orphan-job': () => plant('jobs', job({ executionId: 7 })),
    'waiting-in-ended': () => plant('jobs', job({ status: 0, waiting: true })),
    'foreign-upstream': async () => {
      const [other] = await model('jobs').findAll({ where: { status: 0 }, limit: 1 });
      await plant('jobs', job({ upstreamId: other!.get('id') }));
    },
    'waiting-at-missing-node': async () => {
      await plant('executions', execution({ status: 0, startedAt: LONG_AGO, epoch: 0 }));
      await plant('jobs', job({ executionId: next, status: 0, waiting: true, nodeId: 8 }));
    },
    'live-without-version': () => plant('executions', execution({ workflowId: 9, status: 0, startedAt: null, key: 'nobody' })),
    'wrong-key': () => plant('executions', execution({ status: 1, key: 'nobody', epoch: 0 })),
    'lease-on-ended': () => plant('executions', execution({ status: 1, leaseOwner: 'dead', leaseUntil: 5, epoch: 0 })),
    overdue: async () => {
      const [node] = await model('flow_nodes').findAll({ where: { workflowId: workflow.id }, limit: 1 });
      await plant('executions', execution({ status: 0, startedAt: LONG_AGO, expiresAt: LONG_AGO, epoch: 0 }));
      await plant('jobs', job({ executionId: next, status: 0, waiting: true, nodeId: node!.get('id') }));
    },
    'waits-for-nothing': () => plant('executions', execution({ status: 0, startedAt: LONG_AGO, epoch: 0 })),
    'child-of-aborted': async () => {
      await plant('executions', execution({ status: -3, epoch: 0 }));
      await plant('executions', execution({ status: 0, startedAt: null, parentExecutionId: next, epoch: 0 }));
    },
    'stale-signal': () => plant('workflowSignals', { executionId: 5, kind: 'start', createdAt: 5 }),
  };

  it('finds nothing where nothing is wrong', async () => {
    const examined = await examine();
    await noteForProof({ doctor: 'clean', dialect, findings: examined.findings.length });
    expect(examined).toEqual({ checked: CHECKS.length, findings: [] });
  });

  it.each(Object.entries(corruptions))('finds %s, says so in a sentence, and heals it where that is safe', async (code, corrupt) => {
    await corrupt();
    const { findings } = await examine();
    const finding = findings.find((one: { code: string }) => one.code === code);
    await noteForProof({ doctor: 'planted', dialect, code, isFound: finding !== undefined });
    expect(finding, JSON.stringify(findings)).toMatchObject({ message: expect.stringMatching(/^[A-Z].*\.$/), more: false });
    expect(finding.count).toBeGreaterThan(0);
    if (finding.repair !== null) {
      const { status, data } = await world.api.post('workflows:repair', { codes: [code] });
      expect([status, data.findings]).toEqual([200, []]);
      expect(data.repaired[0]).toMatchObject({ code, count: finding.count });
    }
  });

  it('has been tried with every invariant but the one that no test can plant beside a working engine', () => {
    expect(Object.keys(corruptions).length).toBeGreaterThanOrEqual(20);
    const tried = [...Object.keys(corruptions), 'not-taken-up'];
    expect(CHECKS.map((check) => check.code).filter((code) => !tried.includes(code))).toEqual([]);
  });

  it('what is left needs somebody to decide', async () => {
    const repairable = CHECKS.filter(({ repair }) => repair).map(({ code }) => code);
    expect((await codes()).filter((code) => repairable.includes(code))).toEqual([]);
  });

  it('names a code that it does not know or cannot heal', async () => {
    expect(messages(await world.api.post('workflows:repair', { codes: ['broken-graph'] }))).toEqual(['"codes": there is no repair for "broken-graph"']);
    expect(messages(await world.api.post('workflows:repair', {}))).toEqual(['codes is required']);
  });
});
