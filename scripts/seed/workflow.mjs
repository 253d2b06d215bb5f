/**
 * @typedef {object} NodeDefinition
 * @property {string} key name behind `$jobsMapByNodeKey`
 * @property {string} type
 * @property {string} title
 * @property {object} config
 * @property {string} [after] key of the upstream node; none for the first
 * @property {number} [branchIndex] branch of the upstream node that it begins
 */

/**
 * Creates and enables a workflow, unless one with this key exists.
 * @param {import('./HostApi.mjs').HostApi} api
 * @param {object} values of the workflow; `key` is how it is found again
 * @param {NodeDefinition[]} nodes upstream first
 */
export async function ensureWorkflow(api, { key, ...values }, nodes) {
  const existing = await api.findOne('workflows', { key });
  if (existing) return existing;
  const workflow = await api.post('workflows:create', { key, current: true, ...values });
  const ids = new Map();
  for (const { after, branchIndex = null, ...node } of nodes) {
    const upstreamId = after ? ids.get(after) : null;
    const created = await api.post(`workflows/${workflow.id}/nodes:create`, { ...node, upstreamId, branchIndex });
    ids.set(node.key, created.id);
  }
  await api.post(`workflows:update?filterByTk=${workflow.id}`, { enabled: true });
  return workflow;
}
