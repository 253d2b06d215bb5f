import { collection, comparison, decimalField, manyToOneField, selectField, textField } from './definitions.mjs';
import { reviewNode } from './reviewNode.mjs';
import { ensureWorkflow } from './workflow.mjs';

const KEY = 'reimburse1';
export const EMPLOYEE = { username: 'emma', password: 'emma-123456' };

const users = [
  { ...EMPLOYEE, nickname: 'Emma Employee', roles: ['employee'] },
  { username: 'sam', password: 'sam-123456', nickname: 'Sam Supervisor', roles: ['supervisor'] },
  { username: 'fin', password: 'fin-123456', nickname: 'Fin', roles: ['finance'] },
];

const reimbursements = collection('reimbursements', 'Reimbursements', 'projectName', [
  textField('projectName', 'Project name'),
  manyToOneField('applicant', 'Applicant', 'users', 'nickname'),
  decimalField('amount', 'Amount'),
  selectField('status', 'Status', { approved: 'Approved', processed: 'Processed' }),
]);

/** Without `status`: an employee must not approve the own request by sending `"status": "approved"`. */
const EMPLOYEE_FIELDS = ['projectName', 'applicant', 'applicantId', 'amount'];
const ALL_FIELDS = [...reimbursements.fields.map(({ name }) => name), 'applicantId'];

/** What each role may do with reimbursements. `own` limits an action to records that the user created. */
const roles = {
  employee: [
    { name: 'create', fields: EMPLOYEE_FIELDS },
    { name: 'view', fields: ALL_FIELDS, own: true },
    { name: 'update', fields: EMPLOYEE_FIELDS, own: true },
  ],
  supervisor: [{ name: 'view', fields: ALL_FIELDS }],
  finance: [
    { name: 'view', fields: ALL_FIELDS },
    { name: 'update', fields: ALL_FIELDS },
  ],
};

async function ensureRole(api, name, actions) {
  if (await api.findOne('roles', { name })) return;
  await api.post('roles:create', {
    name,
    title: name[0].toUpperCase() + name.slice(1),
    snippets: ['!ui.*', '!pm', '!pm.*'],
    strategy: { actions: [] },
  });
  const own = await api.findOne('dataSourcesRolesResourcesScopes', { key: 'own' });
  await api.post(`roles/${name}/dataSourceResources:create?filterByTk=reimbursements`, {
    name: 'reimbursements',
    dataSourceKey: 'main',
    usingActionsConfig: true,
    actions: actions.map(({ own: isOwn, ...action }) => ({ ...action, scopeId: isOwn ? own.id : null })),
  });
}

const nodes = (supervisorId) => [
  {
    key: 'large',
    type: 'condition',
    title: 'More than 500?',
    config: {
      rejectOnFalse: false,
      engine: 'basic',
      calculation: comparison('{{$context.data.amount}}', 'gt', 500),
    },
  },
  { ...reviewNode(supervisorId), after: 'large', branchIndex: 1 },
  {
    key: 'approve',
    type: 'update',
    title: 'Approve',
    after: 'large',
    config: {
      collection: 'reimbursements',
      params: { individualHooks: true, filter: { id: '{{$context.data.id}}' }, values: { status: 'approved' } },
    },
  },
];

/**
 * Reimbursement: a request up to 500 is approved at once, a larger one after the supervisor's review.
 * @param {import('./HostApi.mjs').HostApi} api
 */
export async function seedReimbursement(api) {
  await api.ensure('collections', { name: 'reimbursements' }, reimbursements);
  for (const [name, actions] of Object.entries(roles)) {
    await ensureRole(api, name, actions);
  }
  const ids = {};
  for (const { username, ...user } of users) {
    ids[username] = (await api.ensure('users', { username }, user)).id;
  }
  const workflow = await ensureWorkflow(
    api,
    {
      key: KEY,
      title: 'Reimbursement review',
      type: 'action',
      sync: false,
      config: { collection: 'reimbursements', global: false, appends: ['applicant'] },
    },
    nodes(ids.sam),
  );
  return { employeeId: ids.emma, workflow };
}
