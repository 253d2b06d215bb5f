import type { WorkflowPlugin } from '../../contract';
import type { SerialQueue } from '../shared/SerialQueue';
import type { OccurrenceLog } from './OccurrenceLog';

/** What the schedules of one process share. */
export interface ScheduleParts {
  plugin: WorkflowPlugin;
  log: OccurrenceLog;
  /** occurrences by workflow key: handled in the order in which they came due; drained before the process stops */
  queue: SerialQueue;
}
