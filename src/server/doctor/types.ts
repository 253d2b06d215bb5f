import type { Id, WorkflowPlugin } from '../contract';
import type { SqlWriter } from '../storage/statement';

/** One place where an invariant does not hold: the row, and what a repair has to know of it. */
export interface Place {
  id: Id | string;
  /** what people know it by: a key, a title, an id of what it belongs to */
  detail?: string | number | null;
}

/** What the doctor says about one invariant that does not hold. */
export interface Finding {
  code: string;
  /** `warning`: it may be meant so, or it heals by itself */
  level: 'error' | 'warning';
  /** one sentence: what is wrong and what it means */
  message: string;
  /** how many places; `more` when there are others */
  count: number;
  more: boolean;
  places: Place[];
  /** what a repair would do; null: somebody has to decide */
  repair: string | null;
}

export interface CheckContext {
  plugin: WorkflowPlugin;
  writer: SqlWriter;
  /** SQL for the milliseconds of the database's clock */
  nowMs: string;
  /** Rows of a SELECT written as `SqlWriter` wants it; it has to answer `id` and may answer `detail`. */
  rows(sql: string): Promise<Place[]>;
}

/** One invariant. */
export interface Check {
  code: string;
  level: Finding['level'];
  /** what is wrong where it does not hold, as a sentence */
  message: string;
  find(context: CheckContext): Promise<Place[]>;
  repair?: {
    /** what it does, as a sentence */
    what: string;
    /** Heals these places, and nothing else; those that are well by now are left alone. */
    run(context: CheckContext, places: Place[]): Promise<void>;
  };
}
