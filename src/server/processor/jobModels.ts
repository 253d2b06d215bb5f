import type { Database } from '@nocobase/database';
import type { IJob, JobModel } from '../contract';
import type { JobPatch } from '../engine/Run';
import type { JobState } from '../engine/types';
import { toEngineId, toModelId } from './ids';

const models = new WeakMap<JobState, JobModel>();

/** The Sequelize model that extension nodes get for a job; always the same one for the same job. */
export function toJobModel(db: Database, executionId: string, job: JobState): JobModel {
  let model = models.get(job);
  if (!model) {
    const { id, nodeId, nodeKey, upstreamId, status, result, meta, log, startedAt, createdAt } = job;
    model = db.getModel('jobs').build(
      {
        id: toModelId(id),
        executionId: toModelId(executionId),
        nodeId: toModelId(nodeId),
        upstreamId: toModelId(upstreamId),
        nodeKey,
        status,
        result,
        meta,
        log,
        startedAt,
        createdAt,
        updatedAt: createdAt,
      },
      { isNewRecord: false, raw: true },
    ) as unknown as JobModel;
    models.set(job, model);
  } else {
    model.set(
      { status: job.status, result: job.result, meta: job.meta, log: job.log, startedAt: job.startedAt },
      { raw: true },
    );
  }
  return model;
}

/** The fields a node may have changed on its model. */
export function patchOfModel(model: JobModel): JobPatch {
  const { status, result, meta, log, startedAt, upstreamId } = model.get() as JobModel;
  return {
    status,
    result,
    meta,
    log: log ?? null,
    startedAt: startedAt ?? null,
    upstreamId: upstreamId == null ? null : toEngineId(upstreamId),
  };
}

/** Null when the node says so: its work waits for somebody to begin it. */
export function startedAtOf(payload: IJob, now: Date): Date | null {
  return 'startedAt' in payload ? payload.startedAt ?? null : now;
}

/** A job that was read through the repository, as the engine keeps it. */
export function toJobState(model: JobModel): JobState {
  const values = model.get() as JobModel & { createdAt: Date; waiting?: boolean | null };
  const state: JobState = {
    id: toEngineId(values.id),
    nodeId: toEngineId(values.nodeId),
    nodeKey: values.nodeKey,
    upstreamId: values.upstreamId == null ? null : toEngineId(values.upstreamId),
    status: values.status,
    result: values.result,
    meta: values.meta ?? null,
    log: values.log ?? null,
    startedAt: values.startedAt ?? null,
    createdAt: values.createdAt,
    waiting: values.waiting ?? true,
    unsaved: null,
  };
  models.set(state, model);
  return state;
}

export function isModel(value: unknown): value is JobModel {
  return typeof value === 'object' && value !== null && typeof (value as JobModel).get === 'function' && 'dataValues' in value;
}

/**
 * Whether a model that says nothing changed has to be stored all the same: node code may have changed an object in place.
 * Of an answered job without one nothing is written, for the next answer may have been stored in it meanwhile.
 */
export function mayBeMutated({ unsaved, result, meta }: JobState): boolean {
  return unsaved === 'waiting' ? [result, meta].some((value) => typeof value === 'object' && value !== null) : unsaved !== null;
}
