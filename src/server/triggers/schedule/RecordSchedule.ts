import type { Model } from '@nocobase/database';
import type { Transaction } from 'sequelize';
import type { WorkflowModel } from '../../contract';
import { toJSON } from '../../expressions/toJSON';
import { getAppends, getRecordKey, type SqlCollection } from '../shared/collections';
import { toSubject } from '../shared/recordSubject';
import { findCandidates } from './candidates';
import type { DateFieldConfig } from './config';
import { isOccurrence, nextOccurrence, occurrencesBetween, type Recurrence } from './recurrence';
import { getRecordRecurrence } from './recordTimes';
import { retryDelay } from './retryDelay';
import { getSaveTime } from './saveTime';
import type { ScheduleParts } from './scheduleParts';
import { Timers } from './Timers';

/** what a look at the records may be late */
const OVERLAP_MS = 30_000;
/** wait after a look that failed */
const SCAN_RETRY_MS = 5000;
/** how long it is remembered which records fired, after nothing could fire them again */
const KEEP_MS = 3_600_000;

interface Planned {
  /** the record's key as `filterByTk` wants it */
  filterByTk: unknown;
  subject: string;
  recurrence: Recurrence;
}

/** One workflow that fires at times that records carry: timers for what comes due before the records are looked through again. */
export class RecordSchedule {
  private readonly timers = new Timers();
  /** occurrences that are being handled, by record and instant */
  private readonly pending = new Map<string, number>();
  /** occurrences after this instant are not armed yet */
  private horizon: number;
  private armed = true;

  /** @param cycleMs how often `scan` is called */
  constructor(
    private readonly parts: ScheduleParts,
    private readonly workflow: WorkflowModel,
    private readonly options: { config: DateFieldConfig; source: SqlCollection; cycleMs: number },
  ) {
    this.horizon = Date.now() + options.cycleMs + OVERLAP_MS;
    options.source.db.on(this.event, this.onSave);
  }

  /** @returns the instant from which another version or config has to go on, null when nothing was to come */
  stop(): number | null {
    this.armed = false;
    this.options.source.db.off(this.event, this.onSave);
    const next = this.timers.nextAt;
    this.timers.clear();
    return next === null ? null : next - 1;
  }

  /**
   * Looks for records that come due, and for those that were missed when the config asks for it.
   * @param from occurrences after this instant are to be armed in any case. @default where the last look ended
   */
  scan(from = this.horizon): void {
    void this.parts.queue.add(`scan ${this.workflow.id}`, () => this.look(from));
  }

  private async look(from: number): Promise<void> {
    const { workflow } = this;
    const { log, plugin } = this.parts;
    const { config, source, cycleMs } = this.options;
    const now = Date.now();
    const armFrom = Math.min(from, beforeSecondOf(now));
    if (!this.armed) {
      return;
    }
    try {
      const missedFrom = config.maxMissed ? await this.getMissedFrom(armFrom) : armFrom;
      const horizon = now + cycleMs + OVERLAP_MS;
      const records = await findCandidates(source.collection, config, { from: missedFrom, to: horizon });
      if (!this.armed) {
        return;
      }
      this.horizon = horizon;
      records.forEach((record) => this.plan(record, { missedFrom, armFrom }));
      const open = [this.timers.nextAt ?? Infinity, ...this.pending.values()];
      const handled = open.reduce((least, at) => Math.min(least, at - 1), now);
      if (config.maxMissed) {
        await log.advance(workflow.key, handled);
      }
      await log.prune(workflow.key, handled - KEEP_MS);
    } catch (error) {
      plugin.getLogger(workflow.id).error(`schedule: records of workflow ${workflow.id} could not be planned`, { error });
      if (this.armed) {
        this.timers.set('scan', Date.now() + SCAN_RETRY_MS, () => this.scan(armFrom));
      }
    }
  }

  private get event(): string {
    return `${this.options.source.collection.name}.afterSaveWithAssociations`;
  }

  /** Nothing before the workflow was last changed counts as missed. */
  private async getMissedFrom(armFrom: number): Promise<number> {
    const changedAt = new Date(this.workflow.updatedAt).getTime() || 0;
    return Math.min(armFrom, Math.max(await this.parts.log.getLastAt(this.workflow.key), changedAt));
  }

  private readonly onSave = (record: Model, { transaction }: { transaction?: Transaction | null } = {}): void => {
    const replan = (): void => {
      if (!this.armed) {
        return;
      }
      try {
        const from = beforeSecondOf(getSaveTime(record));
        this.timers.clearFuture(groupOf(toSubject(getRecordKey(record, this.options.source.collection))));
        this.plan(record, { missedFrom: from, armFrom: from });
      } catch (error) {
        const { id } = this.workflow;
        this.parts.plugin.getLogger(id).error(`schedule: a saved record of workflow ${id} could not be planned`, { error });
      }
    };
    if (transaction) {
      transaction.afterCommit(replan);
    } else {
      replan();
    }
  };

  private plan(record: Model, { missedFrom, armFrom }: { missedFrom: number; armFrom: number }): void {
    const { config, source } = this.options;
    const exhausted = config.limit && Number(this.workflow.stats?.executed ?? 0) >= config.limit;
    const recurrence = exhausted ? null : getRecordRecurrence(config, (field) => record.get(field));
    if (!recurrence) {
      return;
    }
    const filterByTk = getRecordKey(record, source.collection);
    const planned: Planned = { filterByTk, subject: toSubject(filterByTk), recurrence };
    if (missedFrom < armFrom) {
      const window = { from: missedFrom, to: armFrom, max: config.maxMissed };
      occurrencesBetween(recurrence, window).forEach((at) => this.attempt(planned, at));
    }
    this.arm(planned, armFrom);
  }

  private arm(planned: Planned, from: number): void {
    const next = nextOccurrence(planned.recurrence, from);
    if (next !== null && next <= this.horizon) {
      this.timers.set(groupOf(planned.subject), next, () => this.ring(planned, next));
    }
  }

  private ring(planned: Planned, at: number): void {
    const now = Date.now();
    const { maxMissed } = this.options.config;
    const due = maxMissed ? occurrencesBetween(planned.recurrence, { from: at - 1, to: now, max: maxMissed }) : [at];
    this.arm(planned, Math.max(at, now));
    due.forEach((instant) => this.attempt(planned, instant));
  }

  /** In the order of the calls, one workflow's after the other; again after a failure, as long as the workflow stays armed. */
  private attempt(planned: Planned, at: number, failures = 0): void {
    const { id, key } = this.workflow;
    const name = `${planned.subject}@${at}`;
    if (!failures && this.pending.has(name)) {
      return;
    }
    this.pending.set(name, at);
    void this.parts.queue.add(key, async () => {
      try {
        await this.fire(planned, at);
        this.pending.delete(name);
      } catch (error) {
        this.parts.plugin.getLogger(id).error(`schedule: occurrence ${name} of workflow ${id} could not be handled`, { error });
        const delayMs = retryDelay(error, failures);
        if (delayMs === null || !this.armed) {
          this.pending.delete(name);
        } else {
          this.timers.set(`retry:${name}`, Date.now() + delayMs, () => this.attempt(planned, at, failures + 1));
        }
      }
    });
  }

  /** The record is read again: it may have been changed or deleted by another process. */
  private async fire({ filterByTk, subject }: Planned, at: number): Promise<void> {
    const { workflow } = this;
    const { plugin, log } = this.parts;
    const { config, source } = this.options;
    const appends = getAppends(config.collection, config.appends, plugin.app.dataSourceManager);
    const record = (await source.repository.findOne({ filterByTk: filterByTk as number, appends })) as Model | null;
    const recurrence = record && getRecordRecurrence(config, (field) => record.get(field));
    if (!record || !recurrence || !isOccurrence(recurrence, at)) {
      this.timers.clearFuture(groupOf(subject));
      if (record) {
        const from = Date.now();
        this.plan(record, { missedFrom: from, armFrom: from });
      } else {
        plugin.getLogger(workflow.id).warn(`schedule: record ${subject} of workflow ${workflow.id} is gone`);
      }
      return;
    }
    const result = await log.fire({
      workflow,
      limit: config.limit,
      at,
      subject: `${workflow.key}:${subject}`,
      eventKey: `${workflow.id}:${subject}@${at}`,
      context: { data: toJSON(record), date: new Date(at) },
    });
    if (result === 'exhausted') {
      this.timers.clear();
      this.pending.clear();
    }
  }
}

function groupOf(subject: string): string {
  return `record:${subject}`;
}

/** The last instant before a second: what is due in that second is still to come. */
export function beforeSecondOf(instant: number): number {
  return Math.floor(instant / 1000) * 1000 - 1;
}
