import type { ApiClient } from '@nocobase/client-v2';
import { RequestRefused, type ActionRequest, type ActionResponse, type RefusedPlace } from '../../client/port/HostPort';

const READING = new Set(['list', 'get']);

const isPlainList = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item !== 'object');

/** Objects go into the query string as JSON, lists of names as `appends[]=…`. */
function asQuery(params: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        name,
        typeof value === 'object' && value !== null && !isPlainList(value) ? JSON.stringify(value) : value,
      ]),
  );
}

interface RefusalEntry {
  message?: string;
  field?: string;
  path?: string;
  nodeKey?: string;
}

interface Refusal {
  name?: string;
  message?: string;
  response?: { status?: number; data?: { errors?: RefusalEntry[] } };
}

/** What the server named, as the error that pages expect; the first one speaks for all. */
function refusalOf(error: unknown): RequestRefused {
  const { message, response } = error as Refusal;
  const entries = response?.data?.errors ?? [];
  const [first] = entries;
  const faults = entries.map(
    ({ message: text = '', nodeKey, field, path }): RefusedPlace => ({ message: text, nodeKey, field: field ?? path }),
  );
  return new RequestRefused(first?.message ?? message ?? String(error), response?.status, first?.field ?? first?.path, faults);
}

const isAbort = (error: unknown) => ['AbortError', 'CanceledError'].includes((error as Refusal).name ?? '');

/**
 * Carries out one request with the host's client, which adds session, role and language.
 * @throws {RequestRefused} when the server refused or did not answer; the host shows no message of its own
 */
export async function sendAction<T>(client: ApiClient, request: ActionRequest): Promise<ActionResponse<T>> {
  const { action, params, values, signal } = request;
  const isReading = values === undefined && READING.has(action.slice(action.lastIndexOf(':') + 1));
  try {
    const { data: body } = await client.request<T>({
      url: action,
      method: isReading ? 'get' : 'post',
      params: asQuery(params),
      data: values,
      signal,
      skipNotify: true,
    });
    return { data: body?.data, meta: body?.meta };
  } catch (error) {
    if (isAbort(error)) throw error;
    throw refusalOf(error);
  }
}
