import type { Database } from '@nocobase/database';
import { Op } from 'sequelize';
import type { Id } from '../contract';

export interface ExecutionState {
  id: Id;
  workflowId: Id;
  key: string;
  status: number | null;
}

export interface JobChange {
  id: Id;
  nodeId: Id;
  nodeKey: string;
  status: number;
  updatedAt: Date;
}

/** Payload of `workflow:execution:changed`. */
export interface ExecutionChange {
  executionId: Id;
  workflowId: Id;
  /** of the workflow */
  key: string;
  status: number | null;
  /** that have changed since the last message; absent for those who watch lists */
  jobs?: JobChange[];
}

/** Clocks of processes differ a little; what was written within this time before the latest seen is looked at again. */
const OVERLAP_MS = 2_000;
const MAX_JOBS = 500;
/** Lists show their newest lines. */
const NEWEST = 100;

const STATE = ['id', 'workflowId', 'key', 'status'];

/** What is known of one watched execution, to tell what is new. */
export class ExecutionMemory {
  private status: number | null | undefined;
  private latest = 0;
  private recent = new Map<string, string>();

  constructor(
    private readonly db: Database,
    private readonly id: string,
  ) {}

  /** @returns what has changed since the last call; null when nothing has, 'gone' when there is no such execution */
  async look(): Promise<ExecutionChange | 'gone' | null> {
    const [execution] = (await this.db.getModel('executions').findAll({
      attributes: STATE,
      where: { id: this.id },
      raw: true,
    })) as unknown as ExecutionState[];
    if (!execution) {
      return 'gone';
    }
    const jobs = this.unseen(await this.loadJobs());
    const isNew = this.status !== execution.status;
    this.status = execution.status;
    return isNew || jobs.length > 0 ? toChange(execution, jobs) : null;
  }

  private async loadJobs(): Promise<JobChange[]> {
    return (await this.db.getModel('jobs').findAll({
      attributes: ['id', 'nodeId', 'nodeKey', 'status', 'updatedAt'],
      where: { executionId: this.id, updatedAt: { [Op.gte]: new Date(this.latest - OVERLAP_MS) } },
      order: [
        ['updatedAt', 'DESC'],
        ['id', 'DESC'],
      ],
      limit: MAX_JOBS,
      raw: true,
    })) as unknown as JobChange[];
  }

  private unseen(jobs: JobChange[]): JobChange[] {
    const seen = this.recent;
    const times = jobs.map(({ updatedAt }) => new Date(updatedAt).getTime());
    this.latest = Math.max(this.latest, ...times);
    this.recent = new Map(jobs.map(({ id, status, updatedAt }) => [String(id), `${status}/${new Date(updatedAt).getTime()}`]));
    return jobs.filter(({ id }) => seen.get(String(id)) !== this.recent.get(String(id))).reverse();
  }
}

/** What is known of the newest executions of a list. */
export class ListMemory {
  private known: Map<string, number | null> | undefined;

  constructor(
    private readonly db: Database,
    /** undefined: of all workflows */
    private readonly key?: string,
  ) {}

  async look(): Promise<ExecutionChange[]> {
    const rows = (await this.db.getModel('executions').findAll({
      attributes: STATE,
      where: this.key === undefined ? {} : { key: this.key },
      order: [['id', 'DESC']],
      limit: NEWEST,
      raw: true,
    })) as unknown as ExecutionState[];
    const { known } = this;
    this.known = new Map(rows.map(({ id, status }) => [String(id), status]));
    // the first look is what the page has loaded itself
    return known ? rows.filter(({ id, status }) => known.get(String(id)) !== status).map((row) => toChange(row)) : [];
  }
}

function toChange({ id, workflowId, key, status }: ExecutionState, jobs?: JobChange[]): ExecutionChange {
  return { executionId: id, workflowId, key, status, ...(jobs ? { jobs } : {}) };
}
