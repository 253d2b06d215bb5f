import { HostApi } from './HostApi.mjs';
import { seedOrders } from './orders.mjs';
import { EMPLOYEE, seedReimbursement } from './reimbursement.mjs';
import { loadTemplates } from './templates.mjs';

const curl = (api, path, values, headers = []) =>
  [
    `curl -sS -X POST '${api.url}/api/${path}'`,
    ...['Content-Type: application/json', `Authorization: Bearer ${api.token}`, ...headers].map((h) => `-H '${h}'`),
    `-d '${JSON.stringify(values)}'`,
  ].join(' ');

/**
 * Creates the two worked examples, or finds them.
 * @param {{ url: string, account: string, password: string }} options of the root user
 * @returns {Promise<{ title: string, curl: string }[]>} one command line per example that triggers its workflow
 */
export async function seed({ url, account, password }) {
  const root = await HostApi.signIn(url, account, password);
  const templates = await loadTemplates();
  const orders = await seedOrders(root, templates.orders);
  const reimbursement = await seedReimbursement(root, templates.reimbursement);
  const employee = await HostApi.signIn(url, EMPLOYEE.username, EMPLOYEE.password);
  return [
    {
      title: 'Order two chairs; the workflow deducts them from the stock:',
      curl: curl(root, `orders:create?triggerWorkflows=${orders.workflow.key}`, {
        product: { id: orders.product.id },
        quantity: 2,
      }),
    },
    {
      title: 'Emma asks for 499 back; up to 500 the workflow approves it at once:',
      curl: curl(
        employee,
        `reimbursements:create?triggerWorkflows=${reimbursement.workflow.key}`,
        { projectName: 'Taxi to client', applicant: { id: reimbursement.employeeId }, amount: 499 },
        ['X-Role: employee'],
      ),
    },
  ];
}
