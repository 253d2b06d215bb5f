import type { WorkflowRow } from '../../document/build';
import type { HostPort } from '../../port/HostPort';
import type { Id, Person, WorkflowOptions } from '../../api/types';
import type { Samples } from '../../forms/context';
import type { SavePayload, SaveResult } from '../../sync';

/** A version as the editor loads it. */
export interface VersionRow extends WorkflowRow {
  description?: string | null;
  options?: WorkflowOptions | null;
  createdAt?: string;
  updatedAt?: string;
  createdBy?: Person | null;
  updatedBy?: Person | null;
  stats?: { executed?: number | string | null } | null;
}

/** A version as its list shows it. */
export interface VersionLine {
  id: Id;
  title?: string | null;
  description?: string | null;
  createdAt?: string;
  updatedAt?: string;
  current?: boolean | null;
  enabled?: boolean | null;
  versionStats?: { executed?: number | string | null } | null;
}

export interface ExecuteResult {
  execution: { id: Id; status: number | null } | null;
  newVersionId?: Id;
}

export interface TestResult {
  status: number;
  result?: unknown;
  log?: string | null;
}

type Port = Pick<HostPort, 'request'>;

/** Server actions of the editor. All reject with `RequestRefused`. */
export class EditorApi {
  constructor(private readonly port: Port) {}

  async load(id: string, signal?: AbortSignal): Promise<VersionRow> {
    const appends = ['nodes', 'stats', 'versionStats', 'createdBy', 'updatedBy'];
    return (await this.port.request<VersionRow>({ action: 'workflows:get', params: { filterByTk: id, appends }, signal })).data;
  }

  async save(id: string, payload: SavePayload): Promise<SaveResult> {
    return (await this.port.request<SaveResult>({ action: 'workflows:saveFlow', params: { filterByTk: id }, values: payload })).data;
  }

  async update(id: string, values: Record<string, unknown>): Promise<void> {
    await this.port.request({ action: 'workflows:update', params: { filterByTk: id }, values });
  }

  /** Newest first. */
  async versions(key: string, signal?: AbortSignal): Promise<VersionLine[]> {
    const params = {
      filter: { key },
      fields: ['id', 'title', 'description', 'createdAt', 'updatedAt', 'current', 'enabled', 'versionStats.executed'],
      appends: ['versionStats'],
      sort: ['-id'],
      paginate: false,
    };
    return (await this.port.request<VersionLine[]>({ action: 'workflows:list', params, signal })).data;
  }

  /** Copies a version within its workflow. */
  async newVersion(id: string, key: string): Promise<{ id: Id }> {
    const params = { filterByTk: id, filter: { key } };
    return (await this.port.request<{ id: Id }>({ action: 'workflows:revision', params, values: {} })).data;
  }

  async destroy(id: string): Promise<void> {
    await this.port.request({ action: 'workflows:destroy', params: { filterByTk: id }, values: {} });
  }

  async execute(id: string, values: unknown, autoRevision: boolean): Promise<ExecuteResult> {
    const params = { filterByTk: id, ...(autoRevision ? { autoRevision: 1 } : {}) };
    return (await this.port.request<ExecuteResult>({ action: 'workflows:execute', params, values })).data;
  }

  async test(type: string, config: unknown): Promise<TestResult> {
    return (await this.port.request<TestResult>({ action: 'flow_nodes:test', values: { type, config } })).data;
  }

  /** Values of the last execution; null when there was none. */
  async samples(id: string, signal?: AbortSignal): Promise<Samples | null> {
    return (await this.port.request<Samples | null>({ action: 'workflows:samples', params: { filterByTk: id }, signal })).data;
  }
}
