import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../../src/common/status';
import {
  calculation,
  entry,
  erroneousNode,
  EXTENSION_DIALECTS,
  ExtensionWorld,
  failingNode,
  outcomes,
  path,
  resolvedNode,
  type NodeDefinition,
} from './world';

const { RESOLVED, FAILED, ERROR, PENDING } = JOB_STATUS;
const EXIT = { RETURN: 0, BREAK: 1, CONTINUE: 2 };

const loop = (key: string, config: object, body: NodeDefinition[]): NodeDefinition => ({
  key,
  type: 'loop',
  config: { target: '{{$context.data.items}}', ...config },
  branches: { 0: body },
});

const parallel = (key: string, mode: string, ...branches: NodeDefinition[][]): NodeDefinition => ({
  key,
  type: 'parallel',
  config: { mode },
  branches: Object.fromEntries(branches.map((nodes, i) => [i + 1, nodes])),
});

const basic = (calculator: string, ...operands: unknown[]) => ({
  calculation: { group: { type: 'and', calculations: [{ calculator, operands }] } },
});

/** Fails for the items that the loop `l` stands at and that are in the list. */
const failsAt = (value: unknown): NodeDefinition => ({
  key: 'check',
  type: 'condition',
  config: { rejectOnFalse: true, engine: 'basic', ...basic('notEqual', '{{$scopes.l.item}}', value) },
});

const waiting = (key: string): NodeDefinition => ({ key, type: 'delay', config: { duration: 1, unit: 86_400_000, endStatus: 1 } });

describe.each(EXTENSION_DIALECTS)('the nodes loop and parallel on %s', (dialect) => {
  let world: ExtensionWorld;

  beforeAll(async () => {
    world = await ExtensionWorld.create({ dialect });
  });

  afterAll(() => world?.close());

  /** Answers the pending job of a node. */
  async function answer(workflow: { id: number; key: string }, nodeKey: string, status: number): Promise<void> {
    const { jobs } = await world.waitingAt(workflow, nodeKey);
    const job = jobs.findLast((other) => other.nodeKey === nodeKey && other.status === PENDING);
    const { config } = await world.api.find('flow_nodes', { filter: { key: nodeKey, workflowId: workflow.id } });
    expect(config.endStatus).toBe(status);
    expect((await world.api.post(`jobs:resume?filterByTk=${job?.id}`, {})).status).toBe(202);
  }

  describe('loop', () => {
    it.each([
      ['a list', ['a', 'b', 'c'], [['a', 0, 1, 3], ['b', 1, 2, 3], ['c', 2, 3, 3]]],
      ['a number', 2, [[0, 0, 1, 2], [1, 1, 2, 2]]],
      ['a text: once', 'abc', [['abc', 0, 1, 1]]],
      ['an object: once', { x: 1 }, [[{ x: 1 }, 0, 1, 1]]],
    ])('over %s', async (_, items, expected) => {
      const scope = ['item', 'index', 'sequence', 'length'].map((name) => `{{$scopes.l.${name}}}`);
      const body = { key: 'body', type: 'variable', config: { value: scope } };
      const execution = await world.run([loop('l', {}, [body]), resolvedNode('after')], { items });
      expect(execution.status).toBe(EXECUTION_STATUS.RESOLVED);
      expect(outcomes(execution, 'body')).toEqual(expected.map((values) => [RESOLVED, values]));
      expect(outcomes(execution, 'l')).toEqual([[RESOLVED, { looped: expected.length, done: expected.length }]]);
      expect(outcomes(execution, 'after')).toHaveLength(1);
    });

    it.each([['nothing', null], ['an empty list', []], ['zero', 0]])('over %s: the branch does not run', async (_, items) => {
      const execution = await world.run([loop('l', {}, [resolvedNode('body')]), resolvedNode('after')], { items });
      expect(path(execution)).toEqual(['l:1', 'after:1']);
      expect(outcomes(execution, 'l')).toEqual([[RESOLVED, { looped: 0, done: 0 }]]);
    });

    it('over a negative number: an error', async () => {
      const execution = await world.run([loop('l', {}, [resolvedNode('body')])], { items: -1 });
      expect(execution.status).toBe(EXECUTION_STATUS.ERROR);
      expect(outcomes(execution, 'l')).toEqual([[ERROR, { message: 'Loop target in number type must be greater than 0' }]]);
    });

    it('two hundred rounds, one database effect each', async () => {
      const execution = await world.run([loop('l', {}, [entry('body', '{{$scopes.l.index}}')])], { items: 200, token: 'many' });
      expect(execution.status).toBe(EXECUTION_STATUS.RESOLVED);
      expect(outcomes(execution, 'l')).toEqual([[RESOLVED, { looped: 200, done: 200 }]]);
      expect(await world.ledger('many')).toEqual(Array.from({ length: 200 }, (_, i) => `${i} many`).sort());
    });

    it('in a loop: both scopes are there', async () => {
      const inner: NodeDefinition = {
        key: 'inner',
        type: 'loop',
        config: { target: '{{$scopes.l.item}}' },
        branches: { 0: [{ key: 'body', type: 'variable', config: { value: '{{$scopes.l.index}}-{{$scopes.inner.item}}' } }] },
      };
      const execution = await world.run([loop('l', {}, [inner, resolvedNode('rest')])], { items: [['a', 'b'], ['c']] });
      expect(outcomes(execution, 'body').map(([, result]) => result)).toEqual(['0-a', '0-b', '1-c']);
      expect(outcomes(execution, 'rest')).toHaveLength(2);
      expect(outcomes(execution, 'inner').map(([, result]) => result)).toEqual([{ looped: 2, done: 2 }, { looped: 1, done: 1 }]);
    });

    it.each([
      ['returns with the failure', EXIT.RETURN, EXECUTION_STATUS.FAILED, [[FAILED, { looped: 1, done: 1 }]], 2, 0],
      ['breaks', EXIT.BREAK, EXECUTION_STATUS.RESOLVED, [[RESOLVED, { looped: 2, done: 1, broken: true }]], 2, 1],
      ['continues', EXIT.CONTINUE, EXECUTION_STATUS.RESOLVED, [[RESOLVED, { looped: 3, done: 3 }]], 3, 1],
    ])('a failed round %s', async (_, exit, status, result, rounds, after) => {
      const execution = await world.run([loop('l', { exit }, [failsAt('b')]), resolvedNode('after')], { items: ['a', 'b', 'c'] });
      expect(execution.status).toBe(status);
      expect(outcomes(execution, 'l').map(([jobStatus]) => jobStatus)).toEqual(result.map(([jobStatus]) => jobStatus));
      expect(outcomes(execution, 'l')[0]![1]).toMatchObject(exit === EXIT.RETURN ? { done: 1 } : (result[0]![1] as object));
      expect(outcomes(execution, 'check')).toHaveLength(rounds);
      expect(outcomes(execution, 'after')).toHaveLength(after);
    });

    it.each([
      ['stops the loop', false, { broken: true }, ['a']],
      ['skips the round', true, { looped: 3 }, ['a', 'c']],
    ])('a condition that does not hold %s', async (_, continueOnFalse, result, bodies) => {
      const condition = { checkpoint: 0, continueOnFalse, ...basic('notEqual', '{{$scopes.l.item}}', 'b') };
      const body = { key: 'body', type: 'variable', config: { value: '{{$scopes.l.item}}' } };
      const execution = await world.run([loop('l', { condition }, [body])], { items: ['a', 'b', 'c'] });
      expect(outcomes(execution, 'body').map(([, value]) => value)).toEqual(bodies);
      const [status, stored] = outcomes(execution, 'l')[0]!;
      expect(status).toBe(RESOLVED);
      expect(stored).toMatchObject(result);
    });

    it('an end node in the body ends the whole execution, and the loop with it', async () => {
      const end = { key: 'end', type: 'end', config: { endStatus: 1 } };
      const execution = await world.run([loop('l', {}, [end]), resolvedNode('after')], { items: 3 });
      expect(execution.status).toBe(EXECUTION_STATUS.RESOLVED);
      expect(path(execution)).toEqual(['l:-3', 'end:1']);
    });

    it('waits in a round, and goes on with the next one', async () => {
      const workflow = await world.workflow([loop('l', {}, [entry('before', '{{$scopes.l.index}}'), waiting('wait')]), resolvedNode('after')]);
      await world.trigger(workflow, { items: 2, token: 'rounds' });
      await world.waitingAt(workflow, 'wait');
      expect(await world.ledger('rounds')).toEqual(['0 rounds']);
      await answer(workflow, 'wait', 1);
      await world.until(workflow, 'a second round', ({ jobs }) => jobs.filter(({ nodeKey }) => nodeKey === 'wait').length === 2);
      expect(await world.ledger('rounds')).toEqual(['0 rounds', '1 rounds']);
      await answer(workflow, 'wait', 1);
      const execution = await world.ended(workflow);
      expect(execution.status).toBe(EXECUTION_STATUS.RESOLVED);
      expect(outcomes(execution, 'l')).toEqual([[RESOLVED, { looped: 2, done: 2 }]]);
    });

    it('inside a request: everything is there with the response', async () => {
      const workflow = await world.workflow([loop('l', {}, [entry('body', '{{$scopes.l.item}}')])], { sync: true });
      await world.trigger(workflow, { items: ['x', 'y'], token: 'sync loop' });
      expect(await world.ledger('sync loop')).toEqual(['x sync loop', 'y sync loop']);
      expect((await world.executions(workflow))[0]?.status).toBe(EXECUTION_STATUS.RESOLVED);
    });

    it('refuses settings', async () => {
      expect(await world.refusal('loop', { exit: 3 })).toEqual({ status: 400, messages: ['"exit" must be one of [0, 1, 2]'] });
    });
  });

  describe('parallel', () => {
    const a = [resolvedNode('a')];
    const failed = [failingNode('failed')];
    const erroneous = [erroneousNode('erroneous')];
    const after = resolvedNode('after');

    it.each([
      ['all', [a, [resolvedNode('b')]], EXECUTION_STATUS.RESOLVED, [RESOLVED, RESOLVED], ['a', 'b', 'after']],
      ['all', [a, failed, [resolvedNode('c')]], EXECUTION_STATUS.FAILED, [RESOLVED, FAILED, null], ['a', 'failed']],
      ['any', [a, [resolvedNode('b')]], EXECUTION_STATUS.RESOLVED, [RESOLVED, null], ['a', 'after']],
      ['any', [failed, [resolvedNode('b')]], EXECUTION_STATUS.RESOLVED, [FAILED, RESOLVED], ['failed', 'b', 'after']],
      ['any', [failed, erroneous], EXECUTION_STATUS.FAILED, [FAILED, ERROR], ['failed', 'erroneous']],
      ['race', [a, failed], EXECUTION_STATUS.RESOLVED, [RESOLVED, null], ['a', 'after']],
      ['race', [failed, a], EXECUTION_STATUS.FAILED, [FAILED, null], ['failed']],
      ['allSettled', [a, erroneous], EXECUTION_STATUS.RESOLVED, [RESOLVED, ERROR], ['a', 'erroneous', 'after']],
      ['allSettled', [failed, erroneous], EXECUTION_STATUS.RESOLVED, [FAILED, ERROR], ['failed', 'erroneous', 'after']],
    ])('%s: case %#', async (mode, branches, status, result, ran) => {
      const execution = await world.run([parallel('p', mode, ...branches), after]);
      expect(execution.status).toBe(status);
      expect(outcomes(execution, 'p')).toEqual([[status === EXECUTION_STATUS.RESOLVED ? RESOLVED : FAILED, result]]);
      expect(execution.jobs.map(({ nodeKey }) => nodeKey).filter((key) => key !== 'p').sort()).toEqual([...ran].sort());
    });

    it.each([
      ['all', [1, 1], EXECUTION_STATUS.RESOLVED, [1, 1]],
      ['all', [-1], EXECUTION_STATUS.FAILED, [-1, null]],
      ['any', [1], EXECUTION_STATUS.RESOLVED, [1, null]],
      ['any', [-1, 1], EXECUTION_STATUS.RESOLVED, [-1, 1]],
      ['race', [-1], EXECUTION_STATUS.FAILED, [-1, null]],
      ['allSettled', [-1, 1], EXECUTION_STATUS.RESOLVED, [-1, 1]],
    ])('%s: two branches that wait, answered with %j', async (mode, answers, status, result) => {
      const wait = (key: string, endStatus = 1) => ({ ...waiting(key), config: { duration: 1, unit: 86_400_000, endStatus } });
      const branches = [[wait('w0', answers[0])], [wait('w1', answers[1])]];
      const workflow = await world.workflow([parallel('p', mode, ...branches), after]);
      await world.trigger(workflow);
      const { jobs } = await world.until(workflow, 'both to wait', (execution) => execution.jobs.filter((job) => job.status === 0).length === 3);
      // a delay does not tell its branch that it waits
      expect(jobs.find(({ nodeKey }) => nodeKey === 'p')?.result).toEqual([null, null]);
      for (const [i, endStatus] of answers.entries()) {
        await answer(workflow, `w${i}`, endStatus);
        await world.until(workflow, 'the answer', (execution) => outcomes(execution, `w${i}`)[0]![0] === endStatus);
      }
      const execution = await world.ended(workflow);
      expect(execution.status).toBe(status);
      expect(outcomes(execution, 'p')[0]![1]).toEqual(result);
      expect(outcomes(execution, 'after')).toHaveLength(status === EXECUTION_STATUS.RESOLVED ? 1 : 0);
    });

    it('an answer that comes after the decision changes nothing', async () => {
      const workflow = await world.workflow([parallel('p', 'any', [waiting('w0')], [waiting('w1')]), waiting('after')]);
      await world.trigger(workflow);
      await world.until(workflow, 'both to wait', (execution) => execution.jobs.filter((job) => job.status === 0).length === 3);
      await answer(workflow, 'w0', 1);
      await world.waitingAt(workflow, 'after');
      await answer(workflow, 'w1', 1);
      const { jobs } = await world.until(workflow, 'the late answer', (execution) => outcomes(execution, 'w1')[0]![0] === RESOLVED);
      expect(jobs.filter(({ nodeKey }) => nodeKey === 'after')).toHaveLength(1);
      expect(jobs.find(({ nodeKey }) => nodeKey === 'p')?.result).toEqual([1, null]);
    });

    it('loops in branches, branches in loops', async () => {
      const inLoop = parallel('p', 'all', [calculation('x', '{{$scopes.l.index}} + 1')], [calculation('y', '{{$scopes.l.index}} * 10')]);
      const execution = await world.run([loop('l', {}, [inLoop]), after], { items: 3 });
      expect(execution.status).toBe(EXECUTION_STATUS.RESOLVED);
      expect(outcomes(execution, 'x').map(([, result]) => result)).toEqual([1, 2, 3]);
      expect(outcomes(execution, 'y').map(([, result]) => result)).toEqual([0, 10, 20]);
      expect(outcomes(execution, 'p')).toHaveLength(3);

      const inBranch = await world.run(
        [parallel('p', 'all', [loop('l', {}, [resolvedNode('x')])], [loop('m', { target: 2 }, [resolvedNode('y')])]), after],
        { items: 3 },
      );
      expect(inBranch.status).toBe(EXECUTION_STATUS.RESOLVED);
      expect([outcomes(inBranch, 'x').length, outcomes(inBranch, 'y').length]).toEqual([3, 2]);
    });

    it('refuses settings', async () => {
      const { status, messages } = await world.refusal('parallel', { mode: 'some' });
      expect([status, messages.length]).toEqual([400, 1]);
    });
  });
});
