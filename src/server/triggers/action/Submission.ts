import type { Transaction } from 'sequelize';
import type { Context } from '@nocobase/actions';
import { isLive, type ExecutionStatus } from '../../../common/status';
import type { EnqueuedRun, RunRequest, WorkflowPlugin } from '../../contract';
import { getActor } from './actor';
import { beforeCommit } from './beforeCommit';
import { loadTriggerData, type TriggerDataSource, type WrittenRow } from './loadTriggerData';
import type { PlannedRun, WriteKind } from './plan';
import type { SkipReason, WorkflowReport } from './report';
import { rowsOfBody } from './rows';

/** What became of one planned run for one written row. */
interface Outcome {
  planned: PlannedRun;
  sync: boolean;
  run?: EnqueuedRun;
  /** of a synchronous run, as far as this request knows */
  status?: ExecutionStatus;
  reason?: SkipReason;
}

export interface SubmissionTarget extends TriggerDataSource {
  ctx: Context;
  /** true when rows and executions live in the same database, so that one transaction can hold both */
  transactional: boolean;
}

/**
 * One request that writes and is to trigger workflows: collects the rows it writes, stores the runs with them,
 * and afterwards executes the synchronous ones.
 *
 * On the main data source runs are inserted as the last statement of the transaction that holds the rows.
 * Elsewhere, and when an action writes past the repositories, they are inserted after the action.
 */
export class Submission {
  private readonly outcomes: Outcome[] = [];
  private readonly rowsByTransaction = new Map<Transaction, WrittenRow[]>();
  /** committed, but not in a transaction that could hold the runs */
  private readonly committedRows: WrittenRow[] = [];

  constructor(
    private readonly plugin: WorkflowPlugin,
    private readonly target: SubmissionTarget,
  ) {}

  /** Notes a row of the action itself; called from within the transaction that writes it. */
  addRow(written: WrittenRow, transaction: Transaction): void {
    const rows = this.rowsByTransaction.get(transaction);
    if (rows) {
      rows.push(written);
      return;
    }
    const first = [written];
    this.rowsByTransaction.set(transaction, first);
    let stored: Outcome[] = [];
    beforeCommit(transaction, {
      work: async () => {
        if (this.target.transactional) {
          stored = await this.store(first, transaction);
        }
      },
      done: () => {
        if (this.target.transactional) {
          this.outcomes.push(...stored);
        } else {
          this.committedRows.push(...first);
        }
      },
    });
  }

  /**
   * For actions that succeeded: stores the runs of rows that no transaction could hold.
   * @param fallback what the action did, when only its response body tells which rows it wrote
   */
  async storeRest(fallback: WriteKind | null): Promise<void> {
    const { ctx, collection } = this.target;
    const rows = [...this.committedRows];
    if (!this.rowsByTransaction.size && fallback) {
      rows.push(...rowsOfBody(ctx.body, collection).map((row) => ({ kind: fallback, row })));
    }
    if (!rows.length) {
      return;
    }
    try {
      this.outcomes.push(...(await this.store(rows)));
    } catch (error) {
      // the write is done: failing the request would make the client repeat it
      this.plugin.getLogger().error('post-action: runs could not be stored', { error });
      this.outcomes.push(...this.target.plan.runs.map((planned) => this.toOutcome(planned, { reason: 'failed' })));
    }
  }

  /** Executes the synchronous runs one after the other, whatever becomes of each, then lets the others go. */
  async settle(): Promise<WorkflowReport[]> {
    const reports: WorkflowReport[] = [];
    const held: EnqueuedRun[] = [];
    const inline = this.outcomes.some(({ run, sync }) => run && sync);
    for (const outcome of this.outcomes) {
      const { planned, sync, run, reason } = outcome;
      const base = describe(planned);
      if (!run) {
        reports.push({ ...base, reason: reason ?? 'failed' });
        continue;
      }
      if (inline && !sync) {
        held.push(run);
      }
      const status = sync ? await this.runInline(run) : null;
      outcome.status = status;
      reports.push({ ...base, executionId: run.executionId, status });
    }
    if (held.length) {
      await this.release(held);
    }
    return reports;
  }

  /** Whether anything is left to do when the request has been answered. */
  get hasQueuedRuns(): boolean {
    return this.outcomes.some(({ run, sync, status }) => run && (!sync || isLive(status)));
  }

  /** A failure only delays: what is held goes by itself after a while. */
  private async release(runs: EnqueuedRun[]): Promise<void> {
    try {
      await this.plugin.runs.release(runs);
    } catch (error) {
      this.plugin.getLogger().error('post-action: runs could not be released', { error });
    }
  }

  private async runInline(run: EnqueuedRun): Promise<number | null> {
    try {
      const processor = await this.plugin.runs.runInline(run, { httpContext: this.target.ctx });
      return processor?.execution.status ?? null;
    } catch (error) {
      this.plugin.getLogger(run.workflow.id).error('post-action: synchronous run failed', { error });
      return null;
    }
  }

  private async store(rows: WrittenRow[], transaction?: Transaction): Promise<Outcome[]> {
    const candidates = await loadTriggerData(this.target, rows, transaction);
    const outcomes = candidates.map(({ planned, data }) =>
      this.toOutcome(planned, data == null ? { reason: 'association_empty' } : {}),
    );
    const pending = outcomes.flatMap((outcome, i) => (outcome.reason ? [] : [{ outcome, data: candidates[i]!.data }]));
    if (!pending.length) {
      return outcomes;
    }
    const actor = getActor(this.target.ctx);
    const anySync = pending.some(({ outcome }) => outcome.sync);
    for (const sync of [true, false]) {
      const group = pending.filter(({ outcome }) => outcome.sync === sync);
      const requests = group.map(({ outcome, data }) => ({
        workflow: outcome.planned.workflow,
        context: { data, ...actor },
      }));
      const mode = sync ? 'inline' : anySync ? 'held' : 'async';
      const results = requests.length ? await this.enqueue(requests, mode, transaction) : [];
      results.forEach((result, i) => Object.assign(group[i]!.outcome, result));
    }
    return outcomes;
  }

  /**
   * All requests at once; one by one when one of them is refused, so that it does not stop the others.
   * @throws whatever else went wrong: a failed statement has made the transaction useless,
   * and PostgreSQL would answer its COMMIT with a silent rollback
   */
  private async enqueue(
    requests: RunRequest[],
    mode: 'async' | 'held' | 'inline',
    transaction?: Transaction,
  ): Promise<Array<Pick<Outcome, 'run' | 'reason'>>> {
    try {
      const runs = await this.plugin.runs.enqueue(requests, { mode, transaction });
      return runs.map((run) => ({ run }));
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'event is not valid') {
        throw error;
      }
      if (requests.length === 1) {
        return [{ reason: 'refused' }];
      }
      const results = [];
      for (const request of requests) {
        results.push(...(await this.enqueue([request], mode, transaction)));
      }
      return results;
    }
  }

  private toOutcome(planned: PlannedRun, rest: Pick<Outcome, 'reason'>): Outcome {
    return { planned, sync: this.plugin.isWorkflowSync(planned.workflow), ...rest };
  }
}

function describe({ workflow, path }: PlannedRun): { key: string; association?: string } {
  return { key: workflow.key, ...(path.length && { association: path.join('.') }) };
}
