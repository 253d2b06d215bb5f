import type { WorkflowModel } from '../../contract';
import { findSqlCollection } from '../shared/collections';
import type { DateFieldConfig } from './config';
import { beforeSecondOf, RecordSchedule } from './RecordSchedule';
import type { ScheduleParts } from './scheduleParts';

/** Records are looked through this often. */
const CYCLE_MS = 300_000;

/** Fires workflows at times that records carry. Every process is armed; the log lets one of them fire each occurrence. */
export class DateFieldSchedule {
  private readonly armed = new Map<string, RecordSchedule>();
  private cycle: NodeJS.Timeout | null = null;

  constructor(private readonly parts: ScheduleParts) {}

  on(workflow: WorkflowModel, config: DateFieldConfig): void {
    const handover = this.off(workflow);
    const { plugin } = this.parts;
    const source = findSqlCollection(config.collection, plugin.app.dataSourceManager);
    if (!source || !config.start) {
      const { id } = workflow;
      plugin.getLogger(id).warn(`schedule: workflow ${id} has no start field, or no collection "${config.collection}"`);
      return;
    }
    const schedule = new RecordSchedule(this.parts, workflow, { config, source, cycleMs: CYCLE_MS });
    this.armed.set(String(workflow.id), schedule);
    this.cycle ??= setInterval(() => this.armed.forEach((each) => each.scan()), CYCLE_MS);
    const now = beforeSecondOf(Date.now());
    schedule.scan(handover === null ? now : Math.min(now, handover));
  }

  /** @returns where the next config has to go on, null when nothing was armed */
  off({ id }: Pick<WorkflowModel, 'id'>): number | null {
    const schedule = this.armed.get(String(id));
    this.armed.delete(String(id));
    if (this.cycle && !this.armed.size) {
      clearInterval(this.cycle);
      this.cycle = null;
    }
    return schedule?.stop() ?? null;
  }

  stop(): void {
    for (const id of [...this.armed.keys()]) {
      this.off({ id });
    }
  }
}
