import { StyleProvider } from '@ant-design/cssinjs';
import { render } from '@testing-library/react';
import userEvent, { PointerEventsCheckLevel } from '@testing-library/user-event';
import { ConfigProvider, Form, type FormInstance } from 'antd';
import { createRef, type ComponentType, type ReactElement } from 'react';
import type { FlowDocument, FlowNode } from '../../document/types';
import { PortProvider, type ActionRequest, type CollectionField, type CollectionInfo, type HostPort } from '../../port/HostPort';
import type { Fieldset, KindRegistry } from '../../registry/kinds';
import { FormScopeProvider, type FormScope } from '../context';
import { coreNodeKinds, coreSystemVariables, coreTriggerKinds } from '../kinds';

const field = (name: string, title: string, type: string, inputType: string, rest: Partial<CollectionField> = {}): CollectionField => ({
  name, title, type, interface: inputType, ...rest,
});

const collection = (name: string, title: string, titleField: string, fields: CollectionField[], dataSource = 'main'): CollectionInfo => ({
  dataSource, name, title, titleField, primaryKey: 'id',
  fields: [field('id', 'ID', 'bigInt', 'id'), ...fields],
});

const main: CollectionInfo[] = [
  collection('orders', 'Orders', 'title', [
    field('title', 'Title', 'string', 'input', { required: true }),
    field('amount', 'Amount', 'double', 'number'),
    field('paid', 'Paid', 'boolean', 'checkbox'),
    field('dueAt', 'Due at', 'date', 'datetime'),
    field('status', 'Status', 'string', 'select', {
      choices: [{ value: 'approved', label: 'Approved' }, { value: 'processed', label: 'Processed' }],
    }),
    field('customer', 'Customer', 'belongsTo', 'm2o', { target: 'customers', foreignKey: 'customerId' }),
    field('items', 'Items', 'hasMany', 'o2m', { target: 'items', foreignKey: 'orderId' }),
    { name: 'secret', title: 'Secret', type: 'string', interface: 'password', hidden: true },
  ]),
  collection('customers', 'Customers', 'name', [
    field('name', 'Name', 'string', 'input'),
    field('company', 'Company', 'belongsTo', 'm2o', { target: 'companies', foreignKey: 'companyId' }),
  ]),
  collection('companies', 'Companies', 'name', [field('name', 'Name', 'string', 'input')]),
  collection('items', 'Items', 'name', [field('name', 'Name', 'string', 'input'), field('price', 'Price', 'double', 'number')]),
  collection('users', 'Users', 'nickname', [field('nickname', 'Nickname', 'string', 'input'), field('email', 'Email', 'string', 'email')]),
];
const other = [collection('tickets', 'Tickets', 'id', [field('subject', 'Subject', 'string', 'input')], 'crm')];

export const ROWS: Record<string, Record<string, unknown>[]> = {
  orders: [{ id: 1, title: 'Pens', amount: 499 }, { id: 2, title: 'Chairs', amount: 501 }],
  customers: [{ id: 7, name: 'Ann' }, { id: 8, name: 'Bob' }],
  users: [{ id: 3, nickname: 'Carla' }],
  roles: [{ name: 'admin', title: 'Admin' }],
};

const t: HostPort['t'] = (key, values = {}) => key.replaceAll(/{{(\w+)}}/g, (_, name: string) => String(values[name]));

/** The application in memory. `requests` collects what was asked of the server. */
export function createPort(answers: Record<string, (request: ActionRequest) => unknown> = {}) {
  const requests: ActionRequest[] = [];
  const port: HostPort = {
    async request<T>(request: ActionRequest) {
      requests.push(request);
      const [resource = '', action] = request.action.split(':');
      const answer = answers[request.action];
      const data = answer ? await answer(request) : action === 'list' ? ROWS[resource] ?? [] : null;
      return { data: data as T };
    },
    t,
    compile: (text) => String(text).replace(/^{{t\("(.+?)".*}}$/, '$1'),
    language: 'en-US',
    collections: {
      dataSources: () => [{ key: 'main', title: 'Main', collections: main }, { key: 'crm', title: 'CRM', collections: other }],
      find: (name) => {
        const [source, own] = name.includes(':') ? name.split(':') : ['main', name];
        return (source === 'main' ? main : other).find((info) => info.name === own && info.dataSource === source);
      },
    },
    inputs: {},
    environment: () => [{ name: 'TAX', secret: false }],
    navigate: () => undefined,
    href: (path) => path,
    can: () => true,
    subscribe: () => () => undefined,
    apiBase: 'http://localhost/api',
  };
  return { port, requests };
}

const kinds = coreNodeKinds(t);
const triggers = coreTriggerKinds(t);

export const registry: KindRegistry = {
  node: (type) => kinds.find((kind) => kind.type === type),
  trigger: (type) => triggers.find((kind) => kind.type === type),
  nodes: () => kinds,
  triggers: () => triggers,
  groups: () => [],
  systemVariables: () => coreSystemVariables(t),
};

type Sketch = Partial<FlowNode> & Pick<FlowNode, 'key' | 'type'>;

/** A workflow on orders whose nodes stand in one chain unless they say otherwise. */
export function createDocument(
  nodes: Sketch[] = [],
  trigger: FlowDocument['trigger'] = { type: 'action', title: 'Submitted', config: { collection: 'orders', appends: ['customer'] } },
): FlowDocument {
  const rows = nodes.map((node, at): FlowNode => ({
    title: node.key, config: {}, branch: null, upstream: nodes[at - 1]?.key ?? null, downstream: nodes[at + 1]?.key ?? null, ...node,
  }));
  return {
    workflow: { id: '1', key: 'wf1', title: 'Orders', sync: false, enabled: false, current: true, executed: 0 },
    trigger,
    nodes: new Map(rows.map((node) => [node.key, node])),
    notes: [],
  };
}

export const CHAIN = createDocument([
  { key: 'find', type: 'query', title: 'Find customer', config: { collection: 'customers', params: { appends: ['company'] } } },
  { key: 'sum', type: 'calculation', title: 'Sum' },
  { key: 'here', type: 'calculation', title: 'Here' },
  { key: 'later', type: 'calculation', title: 'Later' },
]);

const STYLES = globalThis.document?.createElement('div');

interface SceneOptions extends Partial<FormScope> {
  at?: string;
  answers?: Parameters<typeof createPort>[0];
}

/** Shows something inside a drawer's context. */
export function show(content: ReactElement, { at = 'here', answers, ...scope }: SceneOptions = {}) {
  const { port, requests } = createPort(answers);
  const document = scope.document ?? CHAIN;
  const value: FormScope = { document, node: document.nodes.get(at), registry, readOnly: false, hideVariables: false, ...scope };
  const wrap = (inner: ReactElement) => (
    // Styles are kept out of the page: jsdom would weigh thousands of rules for every role it is asked for.
    <StyleProvider container={STYLES}>
      {/* Animations would make tests wait. */}
      <ConfigProvider theme={{ token: { motion: false } }}>
        <PortProvider value={port}>
          <FormScopeProvider value={value}>{inner}</FormScopeProvider>
        </PortProvider>
      </ConfigProvider>
    </StyleProvider>
  );
  const view = render(wrap(content));
  return { ...view, requests, user: userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never }), again: (next: ReactElement) => view.rerender(wrap(next)) };
}

export async function loadFieldset(fieldset: Fieldset | undefined): Promise<ComponentType> {
  if (fieldset?.kind !== 'form') throw new Error('No form');
  return (await fieldset.load()).default;
}

/** Shows a form as its drawer does. `values()` gives what would be saved. */
export async function showForm(fieldset: Fieldset | undefined, initial: object, options: SceneOptions = {}) {
  const Fields = await loadFieldset(fieldset);
  const form = createRef<FormInstance>();
  const scene = show(
    <Form ref={form} layout="vertical" initialValues={initial} disabled={options.readOnly}>
      <Fields />
    </Form>,
    options,
  );
  return {
    ...scene,
    values: () => form.current?.getFieldsValue(true) as Record<string, any>,
    config: () => (form.current?.getFieldsValue(true) as { config: Record<string, any> }).config,
    /** messages of what keeps it from being saved */
    problems: async () => {
      try {
        await form.current?.validateFields();
        return [];
      } catch (error) {
        return (error as { errorFields: { errors: string[] }[] }).errorFields.flatMap(({ errors }) => errors);
      }
    },
  };
}

/** Opens a select by its name and chooses an option. */
export async function choose(scene: ReturnType<typeof show>, box: HTMLElement, option: string) {
  await scene.user.click(box);
  const open = [...document.querySelectorAll('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')];
  const items = open.flatMap((dropdown) => [...dropdown.querySelectorAll('.ant-select-item-option, .ant-cascader-menu-item')]);
  const item = items.find((element) => element.textContent === option);
  if (!item) throw new Error(`No option "${option}" in: ${items.map((element) => element.textContent).join(', ')}`);
  await scene.user.click(item);
}
