import './browserParts';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App } from 'antd';
import { useState, type ReactNode } from 'react';
import { buildDocument, type NodeRow } from '../../document/build';
import { createHistory, record, redo, undo } from '../../document/history';
import type { FlowDocument, NodeKey } from '../../document/types';
import { PortProvider, type ActionRequest, type HostPort } from '../../port/HostPort';
import { Canvas } from '../Canvas';
import type { CanvasProps } from '../types';
import { registryWith, t } from './kinds';

export { registryWith };

const POSTS = {
  dataSource: 'main',
  name: 'posts',
  title: 'Posts',
  primaryKey: 'id',
  fields: [
    { name: 'title', title: 'Title', type: 'string', interface: 'input' },
    { name: 'amount', title: 'Amount', type: 'double', interface: 'number' },
  ],
};

export const portWith = (answer: (request: ActionRequest) => unknown = () => ({})): HostPort => ({
  request: async (request) => ({ data: (await answer(request)) as never }),
  t,
  compile: (text) => String(text),
  language: 'en-US',
  collections: {
    dataSources: () => [{ key: 'main', title: 'Main', collections: [POSTS] }],
    find: (name) => (name === 'posts' ? POSTS : undefined),
  },
  inputs: {},
  navigate: () => undefined,
  href: (path) => path,
  can: () => true,
  subscribe: () => () => undefined,
  apiBase: 'http://host/api',
});

const node = (id: number, type: string, title: string, links: Partial<NodeRow>, config: Record<string, unknown> = {}): NodeRow => ({
  id,
  key: `k${id}`,
  type,
  title,
  config,
  ...links,
});

/** Rows of a workflow: a calculation, a condition with a branch each for no and yes, a query after it. */
export const ROW = {
  id: 1,
  key: 'wf1',
  title: 'Reimbursement',
  type: 'action',
  config: { collection: 'posts' },
  enabled: false,
  current: true,
  revision: '1',
  nodes: [
    node(1, 'calculation', 'Double', { downstreamId: 2 }, { engine: 'math.js', expression: '{{$context.data.amount}} * 2' }),
    node(2, 'condition', 'Large?', { upstreamId: 1, downstreamId: 5 }, { rejectOnFalse: false, engine: 'math.js', expression: '1' }),
    node(3, 'end', 'Refuse', { upstreamId: 2, branchIndex: 0 }, { endStatus: -1 }),
    node(4, 'calculation', 'Sum', { upstreamId: 2, branchIndex: 1 }, { engine: 'math.js', expression: '{{$jobsMapByNodeKey.k1}} + 1' }),
    node(5, 'query', 'Find', { upstreamId: 2 }, { collection: 'posts', multiple: false, params: {} }),
  ],
};

export function Surroundings({ port = portWith(), children }: { port?: HostPort; children: ReactNode }) {
  return (
    <PortProvider value={port}>
      <App>{children}</App>
    </PortProvider>
  );
}

/** A canvas that can be edited and undone, without a server. */
export function renderCanvas(props: Partial<CanvasProps> = {}, row: typeof ROW = ROW) {
  const opened: (NodeKey | null)[] = [];
  const state: { document: FlowDocument } = { document: buildDocument(row).document };
  function World() {
    const [history, setHistory] = useState(() => createHistory(state.document));
    state.document = history.document;
    return (
      <Canvas
        registry={registryWith()}
        onOpen={(key) => opened.push(key)}
        editing={{
          apply: (label, command) => {
            const next = command(state.document);
            state.document = next;
            setHistory((before) => record(before, next, { label, at: 0 }));
            return next;
          },
          undo: () => setHistory(undo),
          redo: () => setHistory(redo),
        }}
        {...props}
        document={history.document}
      />
    );
  }
  const user = userEvent.setup();
  render(
    <Surroundings>
      <World />
    </Surroundings>,
  );
  return { user, opened, document: () => state.document };
}
