import '../../forms/__tests__/setup';
import { StyleProvider } from '@ant-design/cssinjs';
import { act, render } from '@testing-library/react';
import userEvent, { PointerEventsCheckLevel } from '@testing-library/user-event';
import { ConfigProvider } from 'antd';
import type { ReactElement } from 'react';
import { coreNodeKinds, coreTriggerKinds } from '../../forms/kinds';
import { PortProvider, RequestRefused, type ActionRequest, type ActionResponse, type CollectionInfo, type HostPort } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';

/** Answers by `resource:action`; a whole response where it carries `meta`. */
export type Answers = Record<string, object | ((request: ActionRequest) => unknown)>;

const t: HostPort['t'] = (key, values = {}) => key.replaceAll(/{{(\w+)}}/g, (_, name: string) => String(values[name]));

const isResponse = (answer: unknown): answer is ActionResponse<unknown> =>
  typeof answer === 'object' && answer !== null && 'data' in answer && 'meta' in answer;

export const refusal = (message: string, status = 400, field?: string) => () => {
  throw new RequestRefused(message, status, field);
};

const kinds = coreNodeKinds(t);
const triggers = coreTriggerKinds(t);

export const registry: KindRegistry = {
  node: (type) => kinds.find((kind) => kind.type === type),
  trigger: (type) => triggers.find((kind) => kind.type === type),
  nodes: () => kinds,
  triggers: () => triggers,
  groups: () => [],
  systemVariables: () => [],
};

export const collection = (name: string, title: string): CollectionInfo => ({
  dataSource: 'main',
  name,
  title,
  primaryKey: 'id',
  fields: [{ name: 'id', title: 'ID', type: 'bigInt', interface: 'id' }],
});

const STYLES = document.createElement('div');

/** Shows a page in an application in memory. What the server was asked is in `requests`. */
export function showPage(page: ReactElement, answers: Answers, collections: readonly CollectionInfo[] = []) {
  const requests: ActionRequest[] = [];
  const visited: string[] = [];
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const port: HostPort = {
    async request<T>(request: ActionRequest) {
      requests.push(request);
      const answer = answers[request.action];
      const value = typeof answer === 'function' ? await (answer as (request: ActionRequest) => unknown)(request) : answer;
      return (isResponse(value) ? value : { data: value ?? (request.action.endsWith(':list') ? [] : null) }) as ActionResponse<T>;
    },
    t,
    compile: String,
    language: 'en-US',
    collections: {
      dataSources: () => [{ key: 'main', title: 'Main', collections }],
      find: (name) => collections.find((info) => info.name === name),
    },
    inputs: {},
    navigate: (path) => void visited.push(path),
    href: (path) => `/app${path}`,
    can: () => true,
    subscribe(type, listener) {
      const all = listeners.get(type) ?? new Set();
      listeners.set(type, all.add(listener));
      return () => void all.delete(listener);
    },
    apiBase: 'http://localhost/api',
  };
  const view = render(
    <StyleProvider container={STYLES}>
      {/* Animations would make tests wait. */}
      <ConfigProvider theme={{ token: { motion: false } }}>
        <PortProvider value={port}>{page}</PortProvider>
      </ConfigProvider>
    </StyleProvider>,
  );
  return {
    ...view,
    requests,
    visited,
    user: userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never }),
    /** requests of one action, oldest first */
    asked: (action: string) => requests.filter((request) => request.action === action),
    /** a message of the server */
    send: (type: string, payload: unknown) => act(() => listeners.get(type)?.forEach((listener) => listener(payload))),
  };
}
