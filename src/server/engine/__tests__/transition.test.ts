import { describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../../common/status';
import { afterJob, afterOutcome, firstStep } from '../transition';
import type { Step } from '../types';
import { flow, item } from './flow';

const { graph } = flow([item('a'), item('fork', {}, { 1: [item('left1'), item('left2')] }), item('z')]);
const idOf = (key: string) => graph.byKey(key)!.id;

const { PENDING, RESOLVED, FAILED, ERROR, ABORTED, CANCELED, REJECTED, RETRY_NEEDED } = JOB_STATUS;

describe('what comes after a job', () => {
  it.each<[string, string, number, Step]>([
    ['on the main chain, resolved: the next node', 'a', RESOLVED, { type: 'run', nodeId: idOf('fork'), inputId: 'j' }],
    ['of the last node, resolved: the end', 'z', RESOLVED, { type: 'finish', status: RESOLVED }],
    ['in a branch, resolved: the next node', 'left1', RESOLVED, { type: 'run', nodeId: idOf('left2'), inputId: 'j' }],
    ['at the end of a branch: its owner', 'left2', RESOLVED, { type: 'recall', nodeId: idOf('fork'), jobId: 'j' }],
    ['in a branch, failed: its owner', 'left1', FAILED, { type: 'recall', nodeId: idOf('fork'), jobId: 'j' }],
    ['in a branch, waiting: its owner', 'left1', PENDING, { type: 'recall', nodeId: idOf('fork'), jobId: 'j' }],
    ['on the main chain, waiting: rest', 'a', PENDING, { type: 'rest' }],
    ['with a positive number of its own: the end', 'a', 100, { type: 'finish', status: 100 }],
    ...[FAILED, ERROR, ABORTED, CANCELED, REJECTED, RETRY_NEEDED, -100].map(
      (status): [string, string, number, Step] => [`on the main chain with ${status}: the end`, 'a', status, { type: 'finish', status }],
    ),
  ])('%s', (_name, key, status, step) => {
    expect(afterJob(graph, idOf(key), { id: 'j', status })).toEqual(step);
  });
});

describe('what comes after an outcome', () => {
  const statusOf = (jobId: string) => (jobId === 'good' ? RESOLVED : FAILED);

  it.each([
    ['a job', { type: 'job', jobId: 'good' } as const, { type: 'run', nodeId: idOf('z'), inputId: 'good' }],
    ['a failed job', { type: 'job', jobId: 'bad' } as const, { type: 'finish', status: FAILED }],
    [
      'a branch',
      { type: 'branch', jobId: 'good', headId: idOf('left1') } as const,
      { type: 'run', nodeId: idOf('left1'), inputId: 'good' },
    ],
    ['nothing', { type: 'leave' } as const, { type: 'rest' }],
    ['an exit', { type: 'exit', status: EXECUTION_STATUS.ABORTED } as const, { type: 'finish', status: EXECUTION_STATUS.ABORTED }],
  ])('%s', (_name, outcome, step) => {
    expect(afterOutcome(graph, idOf('fork'), outcome, statusOf)).toEqual(step);
  });
});

describe('the first step', () => {
  it('runs the first node', () => {
    expect(firstStep(graph)).toEqual({ type: 'run', nodeId: idOf('a'), inputId: null });
  });

  it('is the end when there is nothing to do', () => {
    expect(firstStep(flow([]).graph)).toEqual({ type: 'finish', status: RESOLVED });
  });

  it('is an error when no node is the first', () => {
    const headless = { ...graph, head: null };
    expect(firstStep(headless)).toEqual({ type: 'finish', status: ERROR });
  });
});
