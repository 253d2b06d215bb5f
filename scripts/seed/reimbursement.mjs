import { reviewNode } from './reviewNode.mjs';
import { ensureWorkflow } from './workflow.mjs';

const KEY = 'reimburse1';
export const EMPLOYEE = { username: 'emma', password: 'emma-123456' };

const users = [
  { ...EMPLOYEE, nickname: 'Emma Employee', roles: ['employee'] },
  { username: 'sam', password: 'sam-123456', nickname: 'Sam Supervisor', roles: ['supervisor'] },
  { username: 'fin', password: 'fin-123456', nickname: 'Fin', roles: ['finance'] },
];

/** Without `status`: an employee must not approve the own request by sending `"status": "approved"`. */
const EMPLOYEE_FIELDS = ['projectName', 'applicant', 'applicantId', 'amount'];

/** What each role may do with reimbursements. `own` limits an action to records that the user created. */
const rolesOver = (all) => ({
  employee: [
    { name: 'create', fields: EMPLOYEE_FIELDS },
    { name: 'view', fields: all, own: true },
    { name: 'update', fields: EMPLOYEE_FIELDS, own: true },
  ],
  supervisor: [{ name: 'view', fields: all }],
  finance: [
    { name: 'view', fields: all },
    { name: 'update', fields: all },
  ],
});

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

/**
 * Reimbursement: a request up to 500 is approved at once, a larger one after the supervisor's review.
 * @param {import('./HostApi.mjs').HostApi} api
 * @param {import('../../src/client/pages/workflows/templates/types').WorkflowTemplate} template leaves the review open
 */
export async function seedReimbursement(api, { collections: [reimbursements], type, sync, config, nodes }) {
  await api.ensure('collections', { name: reimbursements.name }, reimbursements);
  const allFields = [...reimbursements.fields.map(({ name }) => name), 'applicantId'];
  for (const [name, actions] of Object.entries(rolesOver(allFields))) {
    await ensureRole(api, name, actions);
  }
  const ids = {};
  for (const { username, ...user } of users) {
    ids[username] = (await api.ensure('users', { username }, user)).id;
  }
  const review = reviewNode(ids.sam);
  const workflow = await ensureWorkflow(
    api,
    { key: KEY, title: 'Reimbursement review', type, sync, config },
    nodes.map((node) => (node.key === review.key ? { ...node, ...review } : node)),
  );
  return { employeeId: ids.emma, workflow };
}
