import { beforeEach, describe, expect, it } from 'vitest';
import type { ActionRequest, ActionResponse } from '../../../client/port/HostPort';
import { TaskCounts } from '../TaskCounts';

let messages: Map<string, (payload: unknown) => void>;
let requests: ActionRequest[];
let answer: () => Promise<unknown>;

const counts = (types = ['manual', 'cc']) =>
  new TaskCounts(
    {
      async request<T>(request: ActionRequest) {
        requests.push(request);
        return { data: await answer() } as ActionResponse<T>;
      },
      subscribe(type, listener) {
        messages.set(type, listener);
        return () => messages.delete(type);
      },
    },
    () => types,
  );

beforeEach(() => {
  messages = new Map();
  requests = [];
  answer = async () => [{ type: 'manual', stats: { pending: 2, all: 5 } }];
});

describe('TaskCounts', () => {
  it('asks the server once for all who listen', async () => {
    const store = counts();
    store.subscribe(() => {});
    await new Promise<void>((resolve) => void store.subscribe(resolve));
    expect(store.get()).toEqual({ manual: { pending: 2, all: 5 } });
    expect(requests).toEqual([{ action: 'userWorkflowTasks:listMine', params: { filter: { type: ['manual', 'cc'] } } }]);
  });

  it('takes what the server pushes, type by type', async () => {
    const store = counts();
    await new Promise<void>((resolve) => void store.subscribe(resolve));
    messages.get('workflow:tasks:updated')!({ type: 'cc', stats: { pending: 1, all: 1 } });
    expect(store.get()).toEqual({ manual: { pending: 2, all: 5 }, cc: { pending: 1, all: 1 } });
  });

  it('counts nothing when the server refuses', async () => {
    answer = () => Promise.reject(new Error('403'));
    const store = counts();
    await new Promise<void>((resolve) => void store.subscribe(resolve));
    expect(store.get()).toEqual({});
  });

  it('asks nothing where no to-dos exist, and listens as long as somebody looks', () => {
    const store = counts([]);
    const stop = store.subscribe(() => {});
    expect(requests).toEqual([]);
    expect(messages.size).toBe(1);
    stop();
    expect(messages.size).toBe(0);
  });
});
