import { EXECUTION_STATUS, isLive } from '../../../src/common/status';
import type { CaseResult, Fault, FaultWorld } from './FaultWorld';
import { createWorkflow, write } from './shapes';

/** A death outside of a run: what it does, and what is wrong afterwards. */
type Scenario = (world: FaultWorld, fault: Fault) => Promise<Omit<CaseResult, 'shape' | 'fault'>>;

const PERSON_NOTICES_MS = 6_000;

const differs = (what: string, actual: unknown, expected: unknown): string[] =>
  JSON.stringify(actual) === JSON.stringify(expected) ? [] : [`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`];

const stepsOf = async ({ host: { api } }: FaultWorld, token: string): Promise<string[]> =>
  (await api.list('ledger', { filter: { token }, sort: 'id' })).map(({ step }) => step);

const versionsOf = ({ host: { api } }: FaultWorld, key: string) => api.list('workflows', { filter: { key }, sort: 'id', appends: ['nodes'] });

/** Rows of the ledger say which version has been executed. */
const entryOf = (step: string, token: string) => ({ ...write('entry', step), config: { collection: 'ledger', params: { values: { step, token }, appends: [] } } });

export const SCENARIOS: Record<string, Scenario> = {
  /** It comes due once, however often processes die of it. */
  async schedule(world, fault) {
    const token = world.nextToken();
    const rows = () => world.host.api.list('executions', { filter: { key: token }, appends: ['jobs'] });
    const outcome = await world.dying(fault, {
      begin: () =>
        createWorkflow(world.host.api, token, [entryOf('fired', token)], {
          type: 'schedule',
          config: { mode: 0, startsOn: new Date(Date.now() + PERSON_NOTICES_MS).toISOString(), repeat: null, missed: { policy: 'once' } },
        }),
      isAtRest: async () => (await rows()).some(({ status }) => !isLive(status)),
    });
    return {
      ...outcome,
      violations: [
        ...differs('executions', (await rows()).map(({ status, jobs }) => [status, jobs.length]), [[EXECUTION_STATUS.RESOLVED, 1]]),
        ...differs('ledger', await stepsOf(world, token), ['fired']),
      ],
    };
  },

  /** A copy of a version is there with all its nodes or not at all. */
  async version(world, fault) {
    const token = world.nextToken();
    const id = await createWorkflow(world.host.api, token, [entryOf('one', token), write('two', 'two')]);
    const wanted = fault.side === 'before' ? 1 : 2;
    const outcome = await world.dying(fault, {
      begin: () => world.host.api.post(`workflows:revision?filterByTk=${id}&filter[key]=${token}`),
      isAtRest: async () => (await versionsOf(world, token)).length >= wanted,
    });
    const versions = await versionsOf(world, token);
    return {
      ...outcome,
      violations: [
        ...differs('nodes of the versions', versions.map(({ nodes }) => nodes.length), Array.from({ length: wanted }, () => 2)),
        ...differs('enabled', versions.map(({ enabled }) => Boolean(enabled)), [true, false].slice(0, wanted)),
      ],
    };
  },

  /** Exactly one version is enabled, and it is the one that is executed. */
  async publish(world, fault) {
    const token = world.nextToken();
    const id = await createWorkflow(world.host.api, token, [write('entry', 'old')]);
    const { data: copy } = await world.host.api.post(`workflows:revision?filterByTk=${id}&filter[key]=${token}`);
    const [, { nodes }] = await versionsOf(world, token);
    await world.host.api.update('flow_nodes', nodes[0].id, { config: write('entry', 'new').config });
    const outcome = await world.dying(fault, {
      begin: () => world.host.api.update('workflows', copy.id, { enabled: true }),
      isAtRest: async () => (await versionsOf(world, token)).length === 2,
    });
    const enabled = fault.side === 'before' ? [true, false] : [false, true];
    await world.order(token, token);
    await world.until('the run', async () => (await world.executionsOf(token, token)).some(({ status }) => !isLive(status)));
    return {
      ...outcome,
      violations: [
        ...differs('enabled', (await versionsOf(world, token)).map((row) => Boolean(row.enabled)), enabled),
        ...differs('executions', (await world.executionsOf(token, token)).length, 1),
        ...differs('ledger', await stepsOf(world, token), [fault.side === 'before' ? 'old' : 'new']),
      ],
    };
  },

  /** What is deleted is deleted with its jobs, and the rest is not touched. */
  async retention(world, fault) {
    const token = world.nextToken();
    const options = { retention: { count: 1 } };
    const id = await createWorkflow(world.host.api, token, [write('one', 'one'), write('two', 'two')], { options });
    for (let i = 0; i < 3; i += 1) await world.order(token, token);
    const rows = () => world.host.api.list('executions', { filter: { workflowId: id }, sort: 'id', appends: ['jobs'] });
    await world.until('three runs', async () => (await rows()).filter(({ status }) => !isLive(status)).length === 3);
    const all = await rows();
    const sweep = () => world.host.api.post('faultWorld:sweep');
    const outcome = await world.dying(fault, { begin: sweep, again: sweep, isAtRest: async () => (await rows()).length < 3 });
    const jobs = await world.host.api.list('jobs', { filter: { executionId: all.map((row) => row.id) } });
    return {
      ...outcome,
      violations: [
        ...differs('executions that are left', (await rows()).map((row) => row.id), [all.at(-1).id]),
        ...differs('their jobs', jobs.map((job) => job.executionId), [all.at(-1).id, all.at(-1).id]),
      ],
    };
  },

  /** A process that dies while it brings an older database up to date leaves nothing that the next one stumbles over. */
  async schema(world, fault) {
    const token = world.nextToken();
    const sql = async (statement: string) => (await world.host.api.post('faultWorld:sql', { statement })).data;
    const quote = world.host.dialect === 'mariadb' ? '`' : '"';
    const name = (text: string) => `${quote}${text}${quote}`;
    await sql(`DROP TABLE ${name('workflowOccurrences')}`);
    await sql(`ALTER TABLE ${name('workflows')} DROP COLUMN ${name('versionName')}`);
    const outcome = await world.dying(fault, {
      begin: () => world.restartInto(fault),
      isAtRest: async () => (await world.host.api.get('__health_check')).status === 200,
    });
    await world.order('straight', token);
    await world.until('the run', async () => (await world.executionsOf(token, 'straight')).some(({ status }) => !isLive(status)));
    return {
      ...outcome,
      violations: [
        ...differs('column', (await sql(`SELECT ${name('versionName')} FROM ${name('workflows')} LIMIT 1`)).length, 1),
        ...differs('table', await sql(`SELECT * FROM ${name('workflowOccurrences')} WHERE 1 = 0`), []),
        ...differs('ledger', await stepsOf(world, token), ['first', 'second']),
      ],
    };
  },
};
