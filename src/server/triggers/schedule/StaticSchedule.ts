import type { WorkflowModel } from '../../contract';
import type { StaticConfig } from './config';
import { nextOccurrence, occurrencesBetween, type Recurrence } from './recurrence';
import { retryDelay } from './retryDelay';
import type { ScheduleParts } from './scheduleParts';
import { Timers } from './Timers';

interface Armed {
  workflow: WorkflowModel;
  config: StaticConfig;
  recurrence: Recurrence;
  timers: Timers;
}

/** Fires workflows at times of their own. Every process is armed; the log lets one of them fire each occurrence. */
export class StaticSchedule {
  private readonly armed = new Map<string, Armed>();
  /** by workflow key: from where a version that is enabled right after another one was disabled takes over */
  private readonly handovers = new Map<string, { from: number; at: number }>();

  constructor(private readonly parts: ScheduleParts) {}

  on(workflow: WorkflowModel, config: StaticConfig): void {
    this.off(workflow);
    const { recurrence } = config;
    if (!recurrence) {
      return;
    }
    const entry: Armed = { workflow, config, recurrence, timers: new Timers() };
    this.armed.set(String(workflow.id), entry);
    const from = this.takeOver(workflow.key, recurrence);
    this.arm(entry, from);
    if (config.maxMissed) {
      this.makeUp(entry, from);
    }
  }

  off(workflow: Pick<WorkflowModel, 'id' | 'key'>): void {
    const entry = this.armed.get(String(workflow.id));
    if (!entry) {
      return;
    }
    this.armed.delete(String(workflow.id));
    const now = Date.now();
    this.handovers.set(entry.workflow.key, { from: Math.min(now, (entry.timers.nextAt ?? now) - 1), at: now });
    entry.timers.clear();
  }

  stop(): void {
    this.armed.forEach(({ timers }) => timers.clear());
    this.armed.clear();
    this.handovers.clear();
  }

  /**
   * Occurrences after the returned instant are to be fired. That is the current second, where a one-time schedule of this very second
   * still counts; or what the version or config before was about to fire, when it was switched off a moment ago.
   */
  private takeOver(workflowKey: string, { repeat }: Recurrence): number {
    const now = Date.now();
    const second = Math.floor(now / 1000) * 1000;
    const from = repeat === null ? second - 1 : second;
    const handover = this.handovers.get(workflowKey);
    this.handovers.delete(workflowKey);
    return handover && now - handover.at < 2000 ? Math.min(from, handover.from) : from;
  }

  private arm(entry: Armed, from: number): void {
    const { workflow, config, recurrence, timers } = entry;
    const exhausted = config.limit && Number(workflow.stats?.executed ?? 0) >= config.limit;
    const next = exhausted ? null : nextOccurrence(recurrence, from);
    if (next !== null) {
      timers.set('next', next, () => this.ring(entry, next));
    }
  }

  private ring(entry: Armed, at: number): void {
    const now = Date.now();
    const { config, recurrence } = entry;
    const due = config.maxMissed ? occurrencesBetween(recurrence, { from: at - 1, to: now, max: config.maxMissed }) : [at];
    this.arm(entry, Math.max(at, now));
    due.forEach((instant) => this.attempt(entry, `occurrence ${instant}`, () => this.fire(entry, instant)));
  }

  /** Fires what came due between the last handled occurrence and `to`, but not what lies before the workflow was last changed. */
  private makeUp(entry: Armed, to: number): void {
    const { workflow, config, recurrence } = entry;
    this.attempt(entry, 'missed occurrences', async () => {
      const changedAt = new Date(workflow.updatedAt).getTime() || 0;
      const from = Math.max(await this.parts.log.getLastAt(workflow.key), changedAt);
      for (const at of occurrencesBetween(recurrence, { from, to, max: config.maxMissed })) {
        await this.fire(entry, at);
      }
    });
  }

  private async fire(entry: Armed, at: number): Promise<void> {
    const { workflow, config } = entry;
    const result = await this.parts.log.fire({
      workflow,
      limit: config.limit,
      at,
      subject: workflow.key,
      eventKey: `${workflow.id}@${at}`,
      context: { date: new Date(at) },
    });
    if (result === 'exhausted') {
      entry.timers.clear();
    }
  }

  /** In the order of the calls, one workflow's after the other; again after a failure, as long as the workflow stays armed. */
  private attempt(entry: Armed, what: string, task: () => Promise<void>, failures = 0): void {
    void this.parts.queue.add(entry.workflow.key, async () => {
      try {
        await task();
      } catch (error) {
        const { id } = entry.workflow;
        this.parts.plugin.getLogger(id).error(`schedule: ${what} of workflow ${id} could not be handled`, { error });
        const delayMs = retryDelay(error, failures);
        if (delayMs !== null && this.armed.get(String(id)) === entry) {
          entry.timers.set(what, Date.now() + delayMs, () => this.attempt(entry, what, task, failures + 1));
        }
      }
    });
  }
}
