import type { ApiClient } from '@nocobase/client-v2';
import type { ClientExecution, ClientWorkflow, Id } from '../registry/types';

export interface Page<T> {
  rows: T[];
  total: number;
}

export interface PageRequest {
  page: number;
  pageSize: number;
}

/** Message of a refused request: what the server said, if it said something. */
export function errorMessage(error: unknown): string {
  const { response, message } = error as { response?: { data?: { errors?: { message?: string }[] } }; message?: string };
  return response?.data?.errors?.map((item) => item.message).join('; ') || message || String(error);
}

/** The server's workflow resources, as far as the settings page needs them. Every method rejects when refused. */
export class WorkflowApi {
  constructor(private readonly client: ApiClient) {}

  private async list<T>(resource: string, params: Record<string, unknown>): Promise<Page<T>> {
    const { data } = await this.client.request<T[]>({ url: `${resource}:list`, params, skipNotify: true });
    return { rows: data.data, total: data.meta?.count ?? data.data.length };
  }

  private async post<T>(url: string, params: Record<string, unknown>, body: unknown = {}): Promise<T> {
    const { data } = await this.client.request<T>({ url, method: 'post', params, data: body, skipNotify: true });
    return data.data;
  }

  /** Current versions, newest first. */
  listWorkflows(page: PageRequest): Promise<Page<ClientWorkflow>> {
    return this.list('workflows', {
      ...page,
      filter: JSON.stringify({ current: true }),
      sort: ['-createdAt'],
      except: ['config'],
      appends: ['stats', 'versionStats'],
    });
  }

  async setEnabled(workflow: ClientWorkflow, enabled: boolean): Promise<void> {
    await this.post('workflows:update', { filterByTk: workflow.id }, { enabled });
  }

  /** Starts a workflow by hand with a trigger context; null when there was nothing to trigger. */
  async execute(workflow: ClientWorkflow, context: unknown): Promise<Pick<ClientExecution, 'id' | 'status'> | null> {
    const { execution } = await this.post<{ execution: Pick<ClientExecution, 'id' | 'status'> | null }>(
      'workflows:execute',
      { filterByTk: workflow.id },
      context,
    );
    return execution;
  }

  /** Executions of all versions of a workflow, newest first. `undefined` as status means any. */
  listExecutions(key: string, status: number | null | undefined, page: PageRequest): Promise<Page<ClientExecution>> {
    return this.list('executions', {
      ...page,
      filter: JSON.stringify({ key, ...(status !== undefined && { status }) }),
      sort: ['-id'],
      except: ['context', 'output', 'stack'],
    });
  }

  /** One execution with its jobs and their results. */
  async getExecution(id: Id): Promise<ClientExecution> {
    const { data } = await this.client.request<ClientExecution>({
      url: 'executions:get',
      params: { filterByTk: id, appends: ['jobs', 'workflow', 'workflow.nodes'] },
      skipNotify: true,
    });
    return data.data;
  }

  async cancel(id: Id): Promise<void> {
    await this.post('executions:cancel', { filterByTk: id });
  }
}
