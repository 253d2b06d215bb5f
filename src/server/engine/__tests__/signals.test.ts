import { describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../../common/status';
import { item } from './flow';
import { World, type KillPoint } from './World';

const { RESOLVED } = JOB_STATUS;

const jobsOf = (world: World) => world.history().jobs;
const nodesOf = (world: World) => jobsOf(world).map(({ node }) => node);
const statusOf = (world: World) => world.history().execution.status;
const messages = (world: World, level: string) => world.logged.filter((entry) => entry.level === level).map(({ message }) => message);

describe('requests from outside', () => {
  it('a second answer to a job that went on is dropped', async () => {
    const world = new World([item('wait1'), item('wait2')]);
    await world.work();
    const [job] = world.store.jobsOf(world.executionId);
    world.store.answer(job!.id, { status: RESOLVED, result: 1 });
    await world.work();
    world.store.answer(job!.id, { status: RESOLVED, result: 2 });
    await world.work();
    expect(nodesOf(world)).toEqual(['wait1', 'wait2']);
    expect(messages(world, 'info')).toEqual(['job has already been continued']);
    expect(world.history().signals).toBe(0);
  });

  it('an answer to a job of another execution is dropped', async () => {
    const world = new World([item('wait1')]);
    await world.work();
    world.store.addSignal(world.executionId, { kind: 'resume', jobId: '4711' });
    await world.work();
    expect(world.history()).toMatchObject({ signals: 0, execution: { status: EXECUTION_STATUS.STARTED } });
  });

  it('several answers in one claim are taken in turn', async () => {
    const world = new World([item('parallel1', {}, { 0: [item('wait1')], 1: [item('wait2')], 2: [item('wait3')] }), item('record1')]);
    await world.work();
    world.answerAll();
    await world.work();
    expect(statusOf(world)).toBe(RESOLVED);
    expect(world.store.records).toHaveLength(1);
  });

  it('start a deferred execution from its first node', async () => {
    const world = new World([item('pure1')]);
    Object.assign(world.store.execution(world.executionId), { status: 0 });
    await world.work();
    expect(jobsOf(world)).toEqual([]);
    world.store.addSignal(world.executionId, { kind: 'start' });
    await world.work();
    expect(world.history()).toMatchObject({ signals: 0, jobs: [{ node: 'pure1' }], execution: { status: RESOLVED } });
  });

  describe('rerun', () => {
    const program = () => [item('pure1'), item('pure2'), item('wait1')];

    async function rerun(nodeId: string | null, overwrite: boolean, kills: KillPoint[] = []): Promise<World> {
      const world = new World(program());
      await world.work();
      world.store.addSignal(world.executionId, { kind: 'rerun', nodeId, overwrite });
      for (const kill of kills) {
        await world.work(kill);
      }
      await world.work();
      return world;
    }

    it('adds jobs, from the first node', async () => {
      expect(nodesOf(await rerun(null, false))).toEqual(['pure1', 'pure2', 'wait1', 'pure1', 'pure2', 'wait1']);
    });

    it('adds jobs, from the node that was chosen, with the job before it', async () => {
      const world = await rerun('2', false);
      expect(jobsOf(world).slice(3)).toMatchObject([
        { node: 'pure2', after: 'pure1', result: jobsOf(world)[1]!.result },
        { node: 'wait1', after: 'pure2' },
      ]);
    });

    it('writes the job of the chosen node again', async () => {
      const world = await rerun('2', true);
      expect(nodesOf(world)).toEqual(['pure1', 'pure2', 'wait1', 'wait1']);
      expect(world.called).toEqual(['pure1', 'pure2', 'wait1', 'pure2', 'wait1']);
    });

    it('does so as well when the process dies before the node has finished', async () => {
      const world = await rerun('2', true, [
        { what: 'node', n: 1, side: 'before' },
        { what: 'commit', n: 1, side: 'before' },
      ]);
      expect(nodesOf(world)).toEqual(['pure1', 'pure2', 'wait1', 'wait1']);
    });

    it('of an effect remembers the overwritten job over a crash', async () => {
      const world = new World([item('effect1'), item('wait1')]);
      await world.work();
      world.store.addSignal(world.executionId, { kind: 'rerun', nodeId: '1', overwrite: true });
      await world.work({ what: 'commit', n: 1, side: 'after' });
      await world.work();
      expect(nodesOf(world)).toEqual(['effect1', 'wait1', 'wait1']);
    });

    it.each([
      ['a node that does not exist', '99', 'node 99 does not exist'],
      ['a node without a job', '3', 'node 3 has no job to rerun'],
    ])('of %s does nothing', async (_name, nodeId, message) => {
      const world = new World([item('condition1', { value: false }, { 1: [item('pure1')] }), item('pure2'), item('wait1')]);
      Object.assign(world.version.graph, { get: ((get) => (id: string) => (id === '99' ? undefined : get(id)))(world.version.graph.get) });
      await world.work();
      const target = nodeId === '3' ? world.version.graph.byKey('pure1')!.id : nodeId;
      world.store.addSignal(world.executionId, { kind: 'rerun', nodeId: target, overwrite: false });
      await world.work();
      expect(messages(world, 'error')).toEqual([message.replace('3', target)]);
      expect(world.history()).toMatchObject({ signals: 0, execution: { status: EXECUTION_STATUS.STARTED } });
    });
  });
});
