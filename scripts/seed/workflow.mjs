/**
 * Creates and enables a workflow, unless one with this key exists.
 * @param {import('./HostApi.mjs').HostApi} api
 * @param {object} values of the workflow; `key` is how it is found again
 * @param {readonly import('../../src/client/document/savePayload').SavedNode[]} nodes upstream first
 */
export async function ensureWorkflow(api, { key, ...values }, nodes) {
  const existing = await api.findOne('workflows', { key });
  if (existing) return existing;
  const workflow = await api.post('workflows:create', { key, current: true, ...values });
  const ids = new Map();
  for (const { key: nodeKey, type, title, config, upstream, branch } of nodes) {
    const values = { key: nodeKey, type, title, config, upstreamId: ids.get(upstream) ?? null, branchIndex: branch };
    ids.set(nodeKey, (await api.post(`workflows/${workflow.id}/nodes:create`, values)).id);
  }
  await api.post(`workflows:update?filterByTk=${workflow.id}`, { enabled: true });
  return workflow;
}
