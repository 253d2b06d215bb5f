import type { Transaction, Transactionable } from 'sequelize';
import { Op } from 'sequelize';
import { EXECUTION_REASON, EXECUTION_STATUS } from '../../common/status';
import type { ExecutionModel, Id, WorkflowModel, WorkflowPlugin } from '../contract';
import { atInstant } from '../processor/abort';

const SCAN_EVERY_MS = 30_000;
const SCAN_BATCH = 1000;

/**
 * Aborts executions whose time is up. Running ones notice by themselves; this is for those that wait, and for those
 * whose process is gone. One timer for the next deadline and a scan from time to time; the rows decide.
 */
export class TimeoutManager {
  private cancelTimer: (() => void) | undefined;
  private nextAt: number | null = null;
  private scanTimer: NodeJS.Timeout | undefined;
  private scanning: Promise<void> | undefined;

  constructor(private readonly plugin: WorkflowPlugin) {}

  async load(): Promise<void> {
    this.scanTimer = setInterval(() => void this.scan(), SCAN_EVERY_MS);
    this.scanTimer.unref();
    await this.scan();
  }

  async unload(): Promise<void> {
    clearInterval(this.scanTimer);
    this.cancelTimer?.();
    this.nextAt = null;
    await this.scanning;
  }

  /** Makes sure the scan happens at this instant at the latest. */
  watch(expiresAt: Date): void {
    const at = expiresAt.getTime();
    if (this.nextAt !== null && this.nextAt <= at) {
      return;
    }
    this.cancelTimer?.();
    this.nextAt = at;
    this.cancelTimer = atInstant(expiresAt, () => {
      this.nextAt = null;
      void this.scan();
    });
  }

  getTimeout(workflow: WorkflowModel | undefined): number {
    const timeout = workflow?.options?.timeout;
    return typeof timeout === 'number' && Number.isFinite(timeout) && timeout > 0 ? timeout : 0;
  }

  getExpiresAt(workflow: WorkflowModel | undefined, startedAt: Date): Date | null {
    const timeoutMs = this.getTimeout(workflow);
    return timeoutMs > 0 ? new Date(startedAt.getTime() + timeoutMs) : null;
  }

  getRemainingMs(execution: ExecutionModel, now = Date.now()): number | null {
    return execution.expiresAt ? execution.expiresAt.getTime() - now : null;
  }

  isExpired(execution: ExecutionModel, now: Date | number = Date.now()): boolean {
    return Boolean(execution.expiresAt && execution.expiresAt.getTime() <= Number(now));
  }

  abort(execution: ExecutionModel, { transaction }: Transactionable = {}): Promise<boolean> {
    return this.plugin.abort(execution, { reason: EXECUTION_REASON.TIMEOUT, transaction: transaction ?? undefined });
  }

  /** False when the execution has ended or its time is up; then it has been aborted. */
  async shouldContinue(execution: ExecutionModel, options: { transaction?: Transaction } = {}): Promise<boolean> {
    if (execution.status !== EXECUTION_STATUS.STARTED) {
      return false;
    }
    if (!this.isExpired(execution)) {
      return true;
    }
    await this.abort(execution, options);
    return false;
  }

  /** @returns true only for the caller that aborted it */
  async abortExecutionIfExpired(execution: ExecutionModel, options: Transactionable = {}): Promise<boolean> {
    return execution.status === EXECUTION_STATUS.STARTED && this.isExpired(execution)
      ? this.abort(execution, options)
      : false;
  }

  scheduleExecutionTimeout(execution: ExecutionModel): void {
    if (execution.expiresAt) {
      this.watch(execution.expiresAt);
    }
  }

  /** Kept for extensions: timers are not held per execution, so there is nothing to clear. */
  clear(_executionId: Id): void {}

  /** Kept for extensions: a timer that comes too early finds nothing to abort. */
  invalidateNextExpiresAtIfMatches(_expiresAt: Date | null): void {}

  private scan(): Promise<void> {
    this.scanning ??= this.abortExpired()
      .catch((error: unknown) => {
        this.plugin.getLogger('timeout').error('deadlines could not be checked', { error });
      })
      .finally(() => {
        this.scanning = undefined;
      });
    return this.scanning ?? Promise.resolve();
  }

  private async abortExpired(): Promise<void> {
    const model = this.plugin.db.getModel('executions');
    const expired = (await model.findAll({
      where: { status: EXECUTION_STATUS.STARTED, expiresAt: { [Op.lte]: new Date() } },
      order: [
        ['expiresAt', 'ASC'],
        ['id', 'ASC'],
      ],
      limit: SCAN_BATCH,
    })) as unknown as ExecutionModel[];
    for (const execution of expired) {
      try {
        await this.abort(execution);
      } catch (error) {
        this.plugin.getLogger('timeout').error(`execution ${execution.id} could not be aborted`, { error });
      }
    }
    const next = (await model.findOne({
      attributes: ['expiresAt'],
      where: { status: EXECUTION_STATUS.STARTED, expiresAt: { [Op.gt]: new Date() } },
      order: [['expiresAt', 'ASC']],
    })) as unknown as ExecutionModel | null;
    if (next?.expiresAt) {
      this.watch(next.expiresAt);
    }
  }
}
