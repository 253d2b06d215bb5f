import type { Cursor, Frame, Step } from './types';

/** A step that calls a node. */
export type CallStep = Extract<Step, { nodeId: string }>;

/** An instruction call that is under way. Calls nest when an instruction starts branches itself. */
export interface OpenCall extends Frame {
  /** the step that this call performs */
  step: CallStep;
  /** branches that an earlier attempt had already started: asking for them again is a no-op */
  replay: number;
  /** the job that an earlier attempt had saved, until this one has got it */
  repeated: string | null;
  /** what a `resume` wants to run next; executed when it has returned, so that loops need no stack */
  deferred: Step | null;
  /** the node goes on working when the call has returned */
  background?: boolean;
}

/** True while a repeated call does again what its first attempt had done: until then nothing it saves or returns counts. */
export function isRepeating(call: OpenCall | undefined): boolean {
  return call !== undefined && call.calls < call.replay;
}

/** The step that makes an interrupted call again. */
export function stepOf(frame: Frame): CallStep {
  return { type: 'run', nodeId: frame.nodeId, inputId: frame.inputId, replay: frame };
}

/** An interrupted call while what was going on inside it is taken up again, before the call itself is. */
export function reopened(frame: Frame): OpenCall {
  return { ...frame, step: stepOf(frame), replay: 0, repeated: null, deferred: null };
}

export function frameOf({ nodeId, inputId, calls, jobId, idempotencyKey, tries }: OpenCall): Frame {
  return { nodeId, inputId, calls, jobId, idempotencyKey, ...(tries ? { tries } : {}) };
}

/** What a process that takes the run over needs: the calls that had started branches, and the step on top of them. */
export function cursorOf(step: Step, calls: OpenCall[]): Cursor | null {
  const frames = calls.filter((call) => call.step.type === 'run' && call.calls > 0).map(frameOf);
  return step.type === 'rest' && frames.length === 0 ? null : { frames, step };
}

/** The id that the first job of this node has to get in this call, if it was reserved. */
export function reservedIdOf(call: OpenCall | undefined, nodeId: string): string | undefined {
  return call?.nodeId === nodeId && call.step.type === 'run' && call.jobId === null ? call.step.reservedId : undefined;
}
