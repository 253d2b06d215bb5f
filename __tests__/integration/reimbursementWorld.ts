import type { ApiClient, ApiResponse } from '../helpers/api';
import type { TestHost } from '../helpers/host';
import { createRole, MatrixWorld, type NodeValues, type TestWorkflow, type WorkflowValues } from './matrixWorld';

const COLLECTION = {
  name: 'reimbursements',
  createdBy: true,
  updatedBy: true,
  fields: [
    { name: 'projectName', type: 'string', interface: 'input' },
    {
      name: 'applicant',
      type: 'belongsTo',
      interface: 'm2o',
      target: 'users',
      foreignKey: 'applicantId',
      targetKey: 'id',
    },
    {
      name: 'amount',
      type: 'decimal',
      interface: 'number',
      precision: 14,
      scale: 2,
      validation: { type: 'number', rules: [{ key: 'max', name: 'max', args: { limit: 100_000_000_000 } }] },
    },
    { name: 'status', type: 'string', interface: 'select', uiSchema: { enum: ['approved', 'processed'] } },
  ],
};

/** What an employee may fill in; without `status`, or they would approve themselves. */
const EMPLOYEE_FIELDS = ['projectName', 'applicant', 'applicantId', 'amount'];

type User = ApiClient & { userId: number };

/** The reimbursement example: its collection, roles and users, and the workflows RB1 and RB2 in their variants. */
export class ReimbursementWorld {
  private constructor(
    readonly matrix: MatrixWorld,
    readonly emma: User,
    readonly sam: User,
    readonly fin: User,
  ) {}

  static async create(host: TestHost): Promise<ReimbursementWorld> {
    const matrix = await MatrixWorld.create(host);
    await host.api.create('collections', COLLECTION);
    await createRole(host.api, 'claimant', []);
    await host.api.create('roles/claimant/dataSourceResources', {
      dataSourceKey: 'main',
      name: 'reimbursements',
      usingActionsConfig: true,
      actions: ['create', 'update', 'view'].map((name) => ({
        name,
        fields: name === 'view' ? [...EMPLOYEE_FIELDS, 'status'] : EMPLOYEE_FIELDS,
      })),
    });
    await createRole(host.api, 'supervisor', ['view']);
    await createRole(host.api, 'finance', ['view', 'update']);
    return new ReimbursementWorld(
      matrix,
      await host.signInAs('emma-claims', ['claimant', 'viewer']),
      await host.signInAs('sam', ['supervisor']),
      await host.signInAs('fin', ['finance']),
    );
  }

  get root(): ApiClient {
    return this.matrix.root;
  }

  /** RB1: amounts over the limit wait for sam, the others are approved at once. */
  reviewed(values: WorkflowValues & { operator?: string } = {}): Promise<TestWorkflow> {
    const { operator = 'gt', config, ...rest } = values;
    return this.matrix.workflow({
      ...rest,
      config: { collection: 'reimbursements', appends: ['applicant'], ...config },
      nodes: [condition(operator), { ...this.manual, after: 0, branchIndex: 1 }, { ...APPROVE, after: 0 }],
      probe: false,
    });
  }

  /** RB2: synchronous, amounts over the limit are left alone. */
  automatic(overLimit: NodeValues[] = []): Promise<TestWorkflow> {
    return this.matrix.workflow({
      sync: true,
      config: { collection: 'reimbursements' },
      nodes: [
        condition('gt'),
        { ...APPROVE, after: 0, branchIndex: 0 },
        ...overLimit.map((node) => ({ ...node, after: 0, branchIndex: 1 })),
      ],
      probe: false,
    });
  }

  /** Emma submits the form. `amount: undefined` leaves the field out. */
  submit(amount: unknown, list = '', values: object = {}): Promise<ApiResponse> {
    return this.emma
      .withRole('claimant')
      .post(`reimbursements:create${list && `?triggerWorkflows=${list}`}`, {
        projectName: 'Taxi to client',
        applicant: { id: this.emma.userId },
        amount,
        ...values,
      });
  }

  async statusOf(id: number): Promise<string | null> {
    return (await this.root.find('reimbursements', { filterByTk: id })).status;
  }

  /** Open to-dos of a user, as they see them. */
  async todos(user: ApiClient): Promise<any[]> {
    const tasks = await user.list('workflowManualTasks', {});
    return tasks.filter(({ status }) => status === 0);
  }

  private get manual(): NodeValues {
    return {
      type: 'manual',
      config: {
        assignees: [this.sam.userId],
        forms: {
          review: {
            type: 'custom',
            title: 'review',
            actions: [
              { status: 1, key: 'approve' },
              { status: -5, key: 'reject' },
              { status: 0, key: 'draft' },
            ],
            collection: { name: 'review', fields: [{ name: 'comment', type: 'text' }] },
          },
        },
      },
    };
  }
}

function condition(calculator: string): NodeValues {
  return {
    type: 'condition',
    config: {
      rejectOnFalse: false,
      engine: 'basic',
      calculation: {
        group: { type: 'and', calculations: [{ calculator, operands: ['{{$context.data.amount}}', 500] }] },
      },
    },
  };
}

const APPROVE: NodeValues = {
  type: 'update',
  config: {
    collection: 'reimbursements',
    params: { filter: { id: '{{$context.data.id}}' }, values: { status: 'approved' } },
  },
};
