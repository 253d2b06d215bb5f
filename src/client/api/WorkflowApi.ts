import type { WorkflowRow } from '../document/build';
import type { HostPort } from '../port/HostPort';
import { executionFilter } from './executionFilter';
import type {
  Category,
  ExecutionDetail,
  ExecutionFilter,
  ExecutionLine,
  Id,
  JobExplanation,
  Page,
  WorkflowActivity,
  WorkflowLine,
  WorkflowOptions,
} from './types';

export interface WorkflowQuery {
  page: number;
  pageSize: number;
  /** part of the title or the key */
  search?: string;
  type?: string;
  enabled?: boolean;
  category?: Id;
}

export interface NewWorkflow {
  title: string;
  type: string;
  sync: boolean;
  config: Record<string, unknown>;
  description?: string;
  categories: Id[];
  options: WorkflowOptions;
}

export type WorkflowChange = Partial<Pick<NewWorkflow, 'title' | 'description' | 'categories' | 'options'>> & { enabled?: boolean };

/** What would go with some workflows, and what it would leave behind. */
export interface WorkflowLoss {
  versions: number;
  nodes: number;
  /** of all time; they stay in the history until it is cleared */
  executions: number;
  /** executions that have not ended */
  unfinished: number;
  /** to-dos that people have not done yet */
  tasks: number;
}

const LINE_APPENDS = ['stats', 'versionStats', 'categories'];
/** everything that is large; a line of a list shows none of it */
const EXECUTION_BULK = ['context', 'output', 'stack'];

/** The server's workflow actions, typed. Every method rejects with `RequestRefused` when it was refused. */
export class WorkflowApi {
  constructor(private readonly port: Pick<HostPort, 'request'>) {}

  private async read<T>(action: string, params: Record<string, unknown>, signal?: AbortSignal): Promise<T> {
    return (await this.port.request<T>({ action, params, signal })).data;
  }

  private async call<T = unknown>(action: string, params: Record<string, unknown>, values: unknown = {}): Promise<T> {
    return (await this.port.request<T>({ action, params, values })).data;
  }

  // Workflows

  /** Current versions, newest first. */
  async listWorkflows({ search, type, enabled, category, ...page }: WorkflowQuery, signal?: AbortSignal): Promise<Page<WorkflowLine>> {
    const conditions = [
      ...(search ? [{ $or: [{ title: { $includes: search } }, { key: { $includes: search } }] }] : []),
      ...(type ? [{ type }] : []),
      ...(enabled === undefined ? [] : [{ enabled }]),
      ...(category === undefined ? [] : [{ 'categories.id': category }]),
    ];
    const filter = { current: true, ...(conditions.length ? { $and: conditions } : {}) };
    const params = { ...page, filter, sort: ['-createdAt'], except: ['config'], appends: LINE_APPENDS };
    const { data, meta } = await this.port.request<WorkflowLine[]>({ action: 'workflows:list', params, signal });
    return { rows: data, total: meta?.count ?? data.length };
  }

  /** What happened lately, by key of the workflow. */
  activity(keys: readonly string[], signal?: AbortSignal): Promise<Record<string, WorkflowActivity>> {
    return keys.length ? this.read('workflows:overview', { keys }, signal) : Promise.resolve({});
  }

  /** A version with its nodes. */
  getWorkflow(id: Id, signal?: AbortSignal): Promise<WorkflowRow> {
    return this.read('workflows:get', { filterByTk: id, appends: ['nodes', 'stats', 'versionStats'] }, signal);
  }

  createWorkflow(values: NewWorkflow): Promise<WorkflowLine> {
    return this.call('workflows:create', {}, { ...values, current: true });
  }

  updateWorkflow(id: Id, values: WorkflowChange): Promise<unknown> {
    return this.call('workflows:update', { filterByTk: id }, values);
  }

  /** Copies a version into a workflow of its own. */
  duplicateWorkflow(id: Id, values: { title: string; description?: string }): Promise<WorkflowLine> {
    return this.call('workflows:revision', { filterByTk: id }, values);
  }

  destroyWorkflows(ids: readonly Id[]): Promise<unknown> {
    return this.call('workflows:destroy', { filterByTk: ids });
  }

  saveFlow(id: Id, change: unknown): Promise<{ revision: string; ids: Record<string, Id> }> {
    return this.call('workflows:saveFlow', { filterByTk: id }, change);
  }

  /** Counts what would go with some workflows. */
  impactOf(ids: readonly Id[], signal?: AbortSignal): Promise<WorkflowLoss> {
    return this.read('workflows:impact', { filterByTk: ids }, signal);
  }

  // Categories

  listCategories(signal?: AbortSignal): Promise<Category[]> {
    return this.read('workflowCategories:list', { paginate: false, sort: ['sort'] }, signal);
  }

  createCategory(values: Pick<Category, 'title' | 'color'>): Promise<Category> {
    return this.call('workflowCategories:create', {}, values);
  }

  updateCategory(id: Id, values: Partial<Pick<Category, 'title' | 'color'>>): Promise<unknown> {
    return this.call('workflowCategories:update', { filterByTk: id }, values);
  }

  destroyCategory(id: Id): Promise<unknown> {
    return this.call('workflowCategories:destroy', { filterByTk: id });
  }

  moveCategory(sourceId: Id, targetId: Id): Promise<unknown> {
    return this.call('workflowCategories:move', { sourceId, targetId });
  }

  // Executions

  /** Newest first. The total may be an estimate: nobody counts a million rows for a page of twenty. */
  async listExecutions(
    { page, pageSize, ...filter }: ExecutionFilter & { page: number; pageSize: number },
    signal?: AbortSignal,
  ): Promise<Page<ExecutionLine>> {
    const { data, meta } = await this.port.request<ExecutionLine[]>({
      action: 'executions:list',
      params: { page, pageSize, count: 'estimate', filter: executionFilter(filter), sort: ['-id'], except: EXECUTION_BULK },
      signal,
    });
    const { count, estimated } = (meta ?? {}) as { count?: number; estimated?: boolean };
    return { rows: data, total: count, isEstimate: Boolean(estimated) };
  }

  /** An execution with its jobs and the version that was executed. */
  async getExecution(id: Id, signal?: AbortSignal): Promise<ExecutionDetail> {
    const appends = ['jobs', 'workflow', 'workflow.nodes', 'workflow.versionStats', 'workflow.stats'];
    const [row, [line]] = await Promise.all([
      this.read<ExecutionDetail & { workflow: ExecutionDetail['version'] }>(
        'executions:get',
        { filterByTk: id, appends, except: ['jobs.result', 'workflow.options'] },
        signal,
      ),
      // Who, which record and which version are told by the list alone.
      this.read<ExecutionLine[]>(
        'executions:list',
        { count: 'estimate', page: 1, pageSize: 1, filter: { id }, except: EXECUTION_BULK },
        signal,
      ).catch((): ExecutionLine[] => []),
    ]);
    return row && { ...line, ...row, jobs: row.jobs ?? [], version: row.workflow };
  }

  /** Statuses of an execution and its jobs, without anything large: for looking again and again. */
  getExecutionStatus(id: Id, signal?: AbortSignal): Promise<Pick<ExecutionDetail, 'id' | 'status' | 'reason' | 'jobs' | 'endedAt'>> {
    return this.read('executions:get', { filterByTk: id, appends: ['jobs'], except: [...EXECUTION_BULK, 'jobs.result'] }, signal);
  }

  /** The executions of the same workflow before and after one. */
  async neighbours(id: Id, key: string, signal?: AbortSignal): Promise<{ older?: Id; newer?: Id }> {
    const one = async (condition: object, sort: string): Promise<Id | undefined> => {
      const params = { filter: { key, id: condition }, sort: [sort], fields: ['id'], page: 1, pageSize: 1, count: 'estimate' };
      return (await this.read<{ id: Id }[]>('executions:list', params, signal))[0]?.id;
    };
    const [older, newer] = await Promise.all([one({ $lt: id }, '-id'), one({ $gt: id }, 'id')]);
    return { older, newer };
  }

  cancelExecution(id: Id): Promise<unknown> {
    return this.call('executions:cancel', { filterByTk: id });
  }

  /**
   * Runs it again.
   * @param nodeId from this node; absent: from the start
   * @returns the execution that runs now, when the server makes a new one of it
   */
  rerunExecution(id: Id, nodeId?: Id): Promise<{ id?: Id } | null> {
    return this.call('executions:replay', { filterByTk: id }, nodeId === undefined ? {} : { nodeId });
  }

  destroyExecutions(ids: readonly Id[]): Promise<unknown> {
    return this.call('executions:destroy', { filterByTk: ids });
  }

  /** Deletes all ended executions that fit. */
  clearExecutions(filter: ExecutionFilter): Promise<unknown> {
    return this.call('executions:destroy', { filter: executionFilter(filter) ?? {} });
  }

  explainJob(id: Id, signal?: AbortSignal): Promise<JobExplanation> {
    return this.read('jobs:explain', { filterByTk: id }, signal);
  }

  getJob(id: Id, signal?: AbortSignal): Promise<JobExplanation> {
    return this.read('jobs:get', { filterByTk: id }, signal);
  }
}
