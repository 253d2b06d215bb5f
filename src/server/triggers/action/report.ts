import type { Application } from '@nocobase/server';
import type { Context, Next } from '@nocobase/actions';
import type { ExecutionStatus } from '../../../common/status';
import type { Id } from '../../contract';

/** Why a workflow that was asked for did not run. The words are part of the HTTP API. */
export type SkipReason =
  | 'not_found'
  | 'disabled'
  | 'wrong_type'
  | 'collection_mismatch'
  | 'association_not_found'
  | 'association_to_many'
  | 'association_empty'
  | 'action_not_selected'
  | 'nothing_written'
  | 'refused'
  | 'failed';

/**
 * One line of `meta.workflows` in the response: a run and its status
 * (null = queued, 0 = waiting, 1 = done, below zero = ended without success), or the reason why there is none.
 */
export type WorkflowReport = { key: string; association?: string } & (
  | { executionId: Id; status: ExecutionStatus }
  | { reason: SkipReason }
);

/** Leaves the reports with the request, for `attachReports` to write into the response. */
export function setReports(ctx: Context, reports: WorkflowReport[]): void {
  if (reports.length) {
    ctx.state.workflowReports = reports;
  }
}

/**
 * Adds `meta.workflows` to responses. It stands outside of the host's wrapping of bodies,
 * because the host drops meta data of bodies that are lists.
 */
export function attachReports(app: Application): void {
  app.use(
    async (ctx: Context, next: Next) => {
      await next();
      const reports: WorkflowReport[] | undefined = ctx.state.workflowReports;
      if (reports && ctx.dataWrapped) {
        ctx.body.meta = { ...ctx.body.meta, workflows: reports };
      }
    },
    { tag: 'workflowReports', before: 'dataWrapping' },
  );
}
