import type { TestHost } from '../../helpers/host';

/** A collection made through the HTTP API, for tests whose subject is something else. */
export async function addReimbursements(host: TestHost): Promise<void> {
  await host.api.create('collections', {
    name: 'reimbursements',
    title: 'Reimbursements',
    titleField: 'projectName',
    createdBy: true,
    updatedBy: true,
    createdAt: true,
    updatedAt: true,
    fields: [
      { name: 'id', type: 'bigInt', autoIncrement: true, primaryKey: true, allowNull: false, interface: 'id', uiSchema: { title: 'ID' } },
      { name: 'projectName', type: 'string', interface: 'input', uiSchema: { type: 'string', title: 'Project name', 'x-component': 'Input' } },
      { name: 'amount', type: 'double', interface: 'number', uiSchema: { type: 'number', title: 'Amount', 'x-component': 'InputNumber' } },
      {
        name: 'status',
        type: 'string',
        interface: 'select',
        uiSchema: {
          type: 'string',
          title: 'Status',
          'x-component': 'Select',
          enum: [
            { value: 'approved', label: 'Approved' },
            { value: 'processed', label: 'Processed' },
          ],
        },
      },
    ],
  });
}

export interface WorkflowValues {
  title: string;
  /** @default 'reimbursements' */
  collection?: string;
  sync?: boolean;
  /** kinds of actions after which it runs wherever they come from; absent: local */
  global?: ('create' | 'update')[];
  /** @default true */
  enabled?: boolean;
  nodes?: { key?: string; type: string; title?: string; config: object }[];
}

/** A post-action workflow made through the HTTP API, with its nodes one after the other; its key. */
export async function addWorkflow(host: TestHost, values: WorkflowValues): Promise<{ id: string; key: string }> {
  const { title, collection = 'reimbursements', sync = false, global, enabled = true, nodes = [] } = values;
  const workflow = await host.api.create('workflows', {
    title,
    type: 'action',
    sync,
    config: { collection, global: Boolean(global), ...(global && { actions: global }) },
  });
  let upstreamId: unknown = null;
  for (const node of nodes) {
    const made = await host.api.create(`workflows/${workflow.id}/nodes`, { ...node, upstreamId, branchIndex: null });
    upstreamId = made.id;
  }
  if (enabled) await host.api.update('workflows', workflow.id, { enabled: true });
  return { id: String(workflow.id), key: workflow.key };
}
