import { describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../../common/status';
import { Run, type OpenCall } from '../Run';
import type { ClaimedRun, JobState, Step } from '../types';
import { flow, item } from './flow';

const { PENDING, RESOLVED, ABORTED } = JOB_STATUS;
const NOW = new Date(1_000);
const REST: Step = { type: 'rest' };
const NEXT: Step = { type: 'run', nodeId: '2', inputId: '1' };

function claimOf(values: Partial<ClaimedRun> = {}): ClaimedRun {
  return {
    id: 'e1',
    workflowId: 'w1',
    key: 'k1',
    context: {},
    status: null,
    epoch: 1,
    attempts: 0,
    stack: [],
    parentExecutionId: null,
    manually: false,
    startedAt: null,
    expiresAt: null,
    createdAt: NOW,
    eventKey: 'x',
    output: null,
    cursor: null,
    signals: [],
    ...values,
  };
}

function newRun(claim: Partial<ClaimedRun> = {}, jobs: JobState[] = [], timeoutMs = 0): Run {
  return new Run(claimOf(claim), flow([item('a'), item('b')], { timeoutMs }), jobs);
}

function job(id: string, nodeId: string, status: number = RESOLVED): JobState {
  return {
    id,
    nodeId,
    nodeKey: `n${nodeId}`,
    upstreamId: null,
    status,
    result: null,
    meta: null,
    log: null,
    startedAt: null,
    createdAt: NOW,
    waiting: status === PENDING,
    unsaved: null,
  };
}

function openCall(nodeId: string, values: Partial<OpenCall> = {}): OpenCall {
  return {
    step: { type: 'run', nodeId, inputId: null },
    nodeId,
    inputId: null,
    calls: 0,
    replay: 0,
    jobId: null,
    repeated: null,
    idempotencyKey: `key ${nodeId}`,
    deferred: null,
    ...values,
  };
}

describe('entering', () => {
  it('starts the clock once', () => {
    const run = newRun({}, [], 500);
    run.enter(NOW);
    expect(run).toMatchObject({ status: EXECUTION_STATUS.STARTED, startedAt: NOW, expiresAt: new Date(1_500) });
  });

  it('keeps the clock of the first process', () => {
    const run = newRun({ status: 0, startedAt: new Date(1), expiresAt: new Date(2) }, [], 500);
    run.enter(NOW);
    expect(run).toMatchObject({ startedAt: new Date(1), expiresAt: new Date(2) });
  });

  it('is refused for an execution that has ended', () => {
    expect(() => newRun({ status: 1 }).enter(NOW)).toThrow('has already ended');
  });
});

describe('a commit', () => {
  it('holds what is new, once', () => {
    const known = job('1', '1');
    const run = newRun({ status: 0, startedAt: NOW }, [known]);
    run.enter(NOW);
    run.updateJob(known, { status: ABORTED });
    run.addJob(job('2', '2'));
    run.setOutput({ a: 1 });
    run.consume({ id: 's1', kind: 'start' });
    expect(run.hasUnsaved).toBe(true);
    expect(run.unsavedCount).toBe(2);
    const commit = run.takeCommit(NEXT, false);
    expect(commit).toMatchObject({
      id: 'e1',
      workflowId: 'w1',
      key: 'k1',
      epoch: 1,
      nextEpoch: 1,
      status: 0,
      startedAt: NOW,
      output: { a: 1 },
      cursor: { frames: [], step: NEXT },
      release: false,
      consumedSignalIds: ['s1'],
    });
    expect(commit.inserts.map(({ id }) => id)).toEqual(['2']);
    expect(commit.updates.map(({ id, status }) => [id, status])).toEqual([['1', ABORTED]]);
    const empty = run.takeCommit(REST, true);
    expect(empty).toMatchObject({ inserts: [], updates: [], consumedSignalIds: [], cursor: null, release: true });
    expect('output' in empty).toBe(false);
    expect(run.output).toEqual({ a: 1 });
  });

  it('holds copies: what happens to a job afterwards is not in it', () => {
    const run = newRun();
    const added = run.addJob(job('1', '1', PENDING));
    const commit = run.takeCommit(REST, false);
    run.updateJob(added, { status: RESOLVED });
    expect(commit.inserts[0]).toMatchObject({ status: PENDING, waiting: true });
    expect(run.takeCommit(REST, false).updates[0]).toMatchObject({ status: RESOLVED, waiting: false });
  });

  it('ends the run: with its status, without a cursor, and the lease is given back', () => {
    const run = newRun();
    run.finish(100);
    run.finish(-1);
    expect(run.ended).toBe(true);
    expect(run.takeCommit(NEXT, false)).toMatchObject({ status: 1, cursor: null, release: true });
    expect(run.releasing).toBe(true);
  });

  it('moves an inline run from epoch 0 to 1, and only then', () => {
    const run = newRun({ epoch: 0 });
    expect(run.takeCommit(REST, false)).toMatchObject({ epoch: 0, nextEpoch: 1 });
    expect(run.takeCommit(REST, false)).toMatchObject({ epoch: 1, nextEpoch: 1 });
  });

  it('remembers the calls that have started branches, outermost first', () => {
    const run = newRun();
    run.calls.push(
      openCall('1', { calls: 2, jobId: '7' }),
      openCall('2'),
      openCall('3', { calls: 1, step: { type: 'recall', nodeId: '3', jobId: '1' } }),
      openCall('4', { calls: 1 }),
    );
    const frame = (nodeId: string, calls: number, jobId: string | null) => ({
      nodeId,
      inputId: null,
      calls,
      jobId,
      idempotencyKey: `key ${nodeId}`,
    });
    const frames = [frame('1', 2, '7'), frame('4', 1, null)];
    expect(run.takeCommit(NEXT, false).cursor).toEqual({ frames, step: NEXT });
    expect(run.takeCommit(REST, false).cursor).toEqual({ frames, step: REST });
  });

  it('in the middle of a call makes that call again', () => {
    const run = newRun();
    run.calls.push(openCall('1', { calls: 1 }), openCall('2'));
    run.addJob(job('5', '2', PENDING));
    const { cursor } = run.takeCheckpoint();
    expect(cursor?.frames.map(({ nodeId }) => nodeId)).toEqual(['1']);
    expect(cursor?.step).toMatchObject({ type: 'run', nodeId: '2', replay: { calls: 0, jobId: '5', idempotencyKey: 'key 2' } });
    run.calls.splice(0);
    expect(run.takeCheckpoint().cursor).toBeNull();
  });

  it('knows what the database knows', () => {
    const step: Step = { type: 'run', nodeId: '1', inputId: null };
    const run = newRun({ status: 0, startedAt: NOW, cursor: { frames: [], step } });
    expect(run.isStored(step)).toBe(true);
    expect(run.isStored({ ...step })).toBe(false);
    run.addJob(job('1', '1'));
    expect(run.isStored(step)).toBe(false);
    run.takeCommit(NEXT, false);
    expect(run.isStored(NEXT)).toBe(true);
  });

  it('is refused once the run is lost', () => {
    const run = newRun();
    run.lost = true;
    expect(() => run.takeCommit(REST, false)).toThrow('no longer held');
  });
});

describe('losing the run', () => {
  it('is told once and for all', () => {
    const run = newRun();
    let told = 0;
    run.onLost = () => (told += 1);
    run.lost = true;
    run.lost = true;
    run.lost = false;
    expect(run.lost).toBe(true);
    expect(run.ended).toBe(true);
    expect(told).toBe(1);
  });

  it('keeps the first failure', () => {
    const run = newRun();
    const first = new Error('first');
    expect(run.giveUp(first)).toBe(first);
    run.giveUp(new Error('second'));
    expect(run.failure).toBe(first);
  });
});

describe('ending a run from outside', () => {
  it('aborts the jobs that wait', () => {
    const run = newRun();
    run.addJob(job('1', '1', PENDING));
    run.addJob(job('2', '2'));
    run.endWith(EXECUTION_STATUS.ERROR, 'because');
    run.endWith(EXECUTION_STATUS.ABORTED, 'later');
    expect(run.takeCommit(REST, false)).toMatchObject({
      status: EXECUTION_STATUS.ERROR,
      reason: 'because',
      inserts: [
        { id: '1', status: ABORTED, waiting: false },
        { id: '2', status: RESOLVED },
      ],
    });
  });
});

describe('answers to waiting jobs', () => {
  it('count once', () => {
    const waiting = job('1', '1', PENDING);
    const run = newRun({}, [waiting]);
    expect(run.takeAnswer(waiting)).toBe(true);
    expect(run.takeAnswer(waiting)).toBe(false);
    expect(run.takeCommit(REST, false).updates).toMatchObject([{ id: '1', waiting: false }]);
  });

  it('leave what the next answer has stored meanwhile as it is', () => {
    const waiting = job('1', '1', PENDING);
    const run = newRun({}, [waiting]);
    run.takeAnswer(waiting);
    run.keepWaiting(waiting);
    expect(run.takeCommit(REST, false).updates).toMatchObject([{ id: '1', unsaved: 'waiting', waiting: true }]);
    run.takeAnswer(waiting);
    run.updateJob(waiting, { status: RESOLVED });
    expect(run.takeCommit(REST, false).updates).toMatchObject([{ id: '1', unsaved: 'update', status: RESOLVED }]);
  });

  it('count again when the node waits on', () => {
    const waiting = job('1', '1', PENDING);
    const run = newRun({}, [waiting]);
    run.takeAnswer(waiting);
    run.keepWaiting(waiting);
    expect(waiting.waiting).toBe(true);
    const ended = run.addJob(job('2', '2'));
    run.keepWaiting(ended);
    expect(ended.waiting).toBe(false);
  });
});

describe('a call that is made again', () => {
  it('gets the job of the first attempt, and later makes new ones', () => {
    const first = job('7', '1', PENDING);
    const run = newRun({}, [first]);
    run.calls.push(openCall('1', { repeated: '7', jobId: '7' }));
    expect(run.takeRepeatedJob('2')).toBeUndefined();
    expect(run.takeRepeatedJob('1')).toBe(first);
    expect(run.takeRepeatedJob('1')).toBeUndefined();
  });

  it('repeats until it has asked for as many branches as before', () => {
    const first = job('7', '1', PENDING);
    const run = newRun({}, [first]);
    const call = openCall('1', { repeated: '7', jobId: '7', replay: 1 });
    run.calls.push(call);
    expect(run.repeating).toBe(true);
    expect(run.takeRepeatedJob('1')).toBe(first);
    expect(run.takeRepeatedJob('1')).toBe(first);
    call.calls = 1;
    expect(run.repeating).toBe(false);
    expect(run.takeRepeatedJob('1')).toBeUndefined();
  });

  it('belongs to the first job that its node saves', () => {
    const run = newRun();
    const call = openCall('1');
    run.calls.push(call);
    run.addJob(job('3', '2'));
    run.addJob(job('4', '1'));
    run.addJob(job('5', '1'));
    expect(call.jobId).toBe('4');
  });
});

describe('a snapshot', () => {
  it('brings back everything that a rolled back transaction was to store', () => {
    const known = job('1', '1', PENDING);
    const run = newRun({ status: 0, startedAt: NOW, epoch: 0, output: 'old' }, [known]);
    const added = run.addJob(job('2', '2'));
    run.overwrite = known;
    const snapshot = run.snapshot();
    const before = JSON.stringify([known, added]);

    run.updateJob(known, { status: RESOLVED, result: 'x' });
    run.addJob(job('3', '1'));
    run.overwrite = null;
    run.setOutput('new');
    run.reason = 'because';
    run.finish(1);
    run.takeCommit(NEXT, true);
    run.restore(snapshot);

    expect(JSON.stringify([known, added])).toBe(before);
    expect(run).toMatchObject({ endStatus: null, reason: null, overwrite: known, releasing: false, output: 'old', lastSavedJobId: '2' });
    expect(run.job('3')).toBeUndefined();
    expect(run.latestJob('1')).toBe(known);
    expect(run.jobsByNodeKey.get('n1')).toBe(known);
    expect(run.isStored(NEXT)).toBe(false);
    expect(run.takeCommit(REST, false)).toMatchObject({ epoch: 0, nextEpoch: 1, status: 0, inserts: [{ id: '2' }], updates: [] });
  });
});

describe('memory', () => {
  it('stays flat in long loops', () => {
    const run = newRun();
    const waiting = run.addJob(job('1', '9', PENDING));
    for (let i = 2; i < 5_000; i += 1) {
      run.addJob(job(String(i), String(i % 3)));
      if (i % 50 === 0) {
        run.takeCommit(NEXT, false);
      }
    }
    run.takeCommit(REST, false);
    const inMemory = Array.from({ length: 5_000 }, (_, i) => run.job(String(i))).filter(Boolean);
    expect(inMemory.map((one) => one!.id)).toEqual(['1', '4997', '4998', '4999']);
    expect([...run.latestJobs()]).toHaveLength(4);
    expect(run.job('1')).toBe(waiting);
  });

  it('keeps older jobs that are not stored yet, or wait', () => {
    const run = newRun();
    run.addJob(job('1', '1'));
    run.addJob(job('2', '1', PENDING));
    run.addJob(job('3', '1'));
    expect(run.job('1')).toBeDefined();
    run.takeCommit(REST, false);
    expect(run.job('1')).toBeUndefined();
    expect(run.job('2')).toBeDefined();
    expect(run.latestJob('1')?.id).toBe('3');
  });

  it('compares ids as numbers', () => {
    const run = newRun({}, [job('9007199254740993', '1'), job('999', '1')]);
    expect(run.latestJob('1')?.id).toBe('9007199254740993');
  });
});
