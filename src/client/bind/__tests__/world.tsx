import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { PortProvider, type ActionRequest, type CollectionInfo, type HostPort } from '../../port/HostPort';
import type { Binding } from '../bindings';
import { BindingList } from '../BindingList';
import type { BindTarget } from '../target';
import type { BindableWorkflow } from '../workflows';

const COLLECTIONS: CollectionInfo[] = [
  {
    dataSource: 'main',
    name: 'reimbursements',
    title: 'Reimbursements',
    primaryKey: 'id',
    fields: [
      { name: 'amount', title: 'Amount', type: 'float', interface: 'number' },
      { name: 'applicant', title: 'Applicant', type: 'belongsTo', interface: 'm2o', target: 'users' },
      { name: 'receipts', title: 'Receipts', type: 'hasMany', interface: 'o2m', target: 'receipts' },
    ],
  },
  {
    dataSource: 'main',
    name: 'users',
    title: 'Users',
    primaryKey: 'id',
    fields: [{ name: 'department', title: 'Department', type: 'belongsTo', interface: 'm2o', target: 'departments' }],
  },
  { dataSource: 'main', name: 'departments', title: 'Departments', primaryKey: 'id', fields: [] },
];

export const catalog = {
  dataSources: () => [{ key: 'main', title: 'Main', collections: COLLECTIONS }],
  find: (name: string) => COLLECTIONS.find((collection) => collection.name === name),
};

export const target: BindTarget = {
  collection: 'reimbursements',
  contexts: true,
  types: [{ type: 'action', title: 'Post-action event', accepts: (config) => !config.global }],
};

export const workflow = (values: Partial<BindableWorkflow> & { key: string }): BindableWorkflow => ({
  id: `id-${values.key}`,
  title: `Workflow ${values.key}`,
  type: 'action',
  sync: false,
  enabled: true,
  config: { collection: 'reimbursements' },
  ...values,
});

/** A server that knows these workflows and two questions: enabled ones of a collection, and those with some keys. */
export class Server {
  requests: ActionRequest[] = [];
  refuses = false;

  constructor(readonly workflows: BindableWorkflow[]) {}

  answer({ params }: ActionRequest): BindableWorkflow[] {
    const text = JSON.stringify(params?.filter);
    const title = /"\$includes":"([^"]+)"/.exec(text)?.[1] ?? '';
    const collection = /"config.collection":"([^"]+)"/.exec(text)?.[1];
    const keys = /"key":\{"\$in":(\[[^\]]*\])/.exec(text)?.[1];
    if (keys) return this.workflows.filter(({ key }) => (JSON.parse(keys) as string[]).includes(key));
    return this.workflows.filter(
      (item) => item.enabled && item.config.collection === collection && item.title.includes(title),
    );
  }

  readonly port = {
    request: async (request: ActionRequest) => {
      this.requests.push(request);
      if (this.refuses) throw new Error('refused');
      return { data: this.answer(request) };
    },
    t: (key: string, values: Record<string, unknown> = {}) =>
      key.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name])),
    collections: catalog,
    href: (path: string) => path,
    can: () => true,
  } as unknown as HostPort;
}

/** Shows the list as a dialog would, and keeps what it told. */
export function showList(server: Server, stored: unknown = []) {
  const told: { last: Binding[] | undefined } = { last: undefined };
  function Dialog() {
    const [value, setValue] = useState(stored);
    const onChange = (bindings: Binding[]) => {
      told.last = bindings;
      setValue(bindings);
    };
    return (
      <PortProvider value={server.port}>
        <BindingList value={value} onChange={onChange} target={target} />
      </PortProvider>
    );
  }
  render(<Dialog />);
  return { told, user: userEvent.setup() };
}
