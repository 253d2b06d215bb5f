import { describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../../common/status';
import { BackgroundAttempts } from '../BackgroundAttempts';
import type { EngineLog } from '../ports';
import { Run } from '../Run';
import { isInProgress, stepsOfSignal } from '../signals';
import type { Attempt, ClaimedRun, JobState, Signal, Step } from '../types';
import { flow, item } from './flow';

const { PENDING, RESOLVED, ERROR } = JOB_STATUS;
const NOW = new Date(1_000);
const REST: Step = { type: 'rest' };
const log: EngineLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const attempt = (values: Partial<Attempt> = {}): Attempt => ({ id: 's1', jobId: '11', idempotencyKey: 'k', tries: 0, ...values });
const retry = (values: Partial<Attempt> & { due?: boolean } = {}): Signal => ({ kind: 'retry', due: true, ...attempt(values) });
const answer: Signal = { id: 's9', kind: 'resume', jobId: '11' };

/** A run whose first node waits with the job `11`. */
function waitingRun(signals: Signal[]): Run {
  const version = flow([item('a'), item('b')]);
  const nodeId = version.graph.head!.id;
  const claim: ClaimedRun = {
    id: 'e1',
    workflowId: 'w1',
    key: 'k1',
    context: {},
    status: EXECUTION_STATUS.STARTED,
    epoch: 2,
    attempts: 0,
    stack: [],
    parentExecutionId: null,
    manually: false,
    startedAt: NOW,
    expiresAt: null,
    createdAt: NOW,
    eventKey: 'x',
    output: null,
    cursor: null,
    signals,
  };
  const job: JobState = {
    id: '11',
    nodeId,
    nodeKey: 'a',
    upstreamId: '10',
    status: PENDING,
    result: null,
    meta: null,
    log: null,
    startedAt: NOW,
    createdAt: NOW,
    waiting: true,
    unsaved: null,
  };
  return new Run(claim, version, [job]);
}

describe('what a node does in the background', () => {
  it('is stored with the next commit, once', () => {
    const run = waitingRun([]);
    run.attempts.note(attempt());
    run.attempts.note(attempt({ id: 's2' }));
    expect(run.hasUnsaved).toBe(true);
    expect(run.takeCommit(REST, true).attempts).toEqual([attempt({ id: 's2' })]);
    expect(run.hasUnsaved).toBe(false);
    expect(run.takeCommit(REST, true)).not.toHaveProperty('attempts');
  });

  it('is forgotten with the answer', () => {
    const run = waitingRun([retry({ due: false }), answer]);
    expect(run.takeAnswer(run.job('11')!)).toBe(true);
    expect(run.takeCommit(REST, true).consumedSignalIds).toEqual(['s1']);
  });

  it('is forgotten with the end of the run, stored or not', () => {
    const run = waitingRun([retry({ due: false })]);
    run.attempts.note(attempt({ id: 's2', jobId: '12' }));
    run.finish(RESOLVED);
    const commit = run.takeCommit(REST, true);
    expect(commit.consumedSignalIds).toEqual(['s1']);
    expect(commit).not.toHaveProperty('attempts');
  });

  it('comes back when the transaction that was to store it rolls back', () => {
    const attempts = new BackgroundAttempts([]);
    attempts.note(attempt());
    const before = attempts.snapshot();
    expect(attempts.take()).toHaveLength(1);
    attempts.restore(before);
    expect(attempts.take()).toEqual([attempt()]);
    expect(attempts.settle('11')).toEqual(['s1']);
    expect(attempts.settle('11')).toEqual([]);
  });
});

describe('the signal of an attempt', () => {
  it('means nothing while its process lives', () => {
    const signal = retry({ due: false });
    expect(isInProgress(waitingRun([signal]), signal)).toBe(true);
  });

  it('calls the node again, with the job and the key that it had', () => {
    const signal = retry({ tries: 2 });
    const run = waitingRun([signal]);
    expect(isInProgress(run, signal)).toBe(false);
    const nodeId = run.version.graph.head!.id;
    expect(stepsOfSignal(run, signal, log)).toEqual([
      { type: 'run', nodeId, inputId: '10', replay: { nodeId, inputId: '10', calls: 0, jobId: '11', idempotencyKey: 'k', tries: 2 } },
    ]);
  });

  it.each([
    ['answered by a signal', [retry(), answer]],
    ['answered by a signal before its process was gone', [retry({ due: false }), answer]],
  ])('is dropped when the job is %s', (_, signals) => {
    const run = waitingRun(signals);
    expect(isInProgress(run, signals[0]!)).toBe(false);
    expect(stepsOfSignal(run, signals[0]!, log)).toEqual([]);
  });

  it('is dropped when the job has gone on, or is not known', () => {
    const run = waitingRun([retry()]);
    run.updateJob(run.job('11')!, { status: RESOLVED });
    expect(stepsOfSignal(run, retry(), log)).toEqual([]);
    expect(stepsOfSignal(run, retry({ jobId: 'other' }), log)).toEqual([]);
  });

  it('ends the job when it was cut off too often', () => {
    const run = waitingRun([retry({ tries: 5 })]);
    expect(stepsOfSignal(run, retry({ tries: 5 }), log)).toEqual([{ type: 'finish', status: ERROR }]);
    expect(run.job('11')).toMatchObject({ status: ERROR, result: { message: 'interrupted' }, waiting: false });
  });
});
