import type { WorkflowApi } from '../../../api/WorkflowApi';
import type { WorkflowLine } from '../../../api/types';
import type { HostPort } from '../../../port/HostPort';
import type { CollectionDefinition, WorkflowTemplate } from './types';

/** Collections that a template needs and that do not exist. */
export const missingCollections = (template: WorkflowTemplate, port: HostPort): CollectionDefinition[] =>
  template.collections.filter(({ name }) => !port.collections.find(name));

/**
 * Makes a workflow of a template, and before it the collections that are still missing. The workflow begins disabled.
 * @throws {RequestRefused}
 */
export async function createFromTemplate(template: WorkflowTemplate, port: HostPort, api: WorkflowApi): Promise<WorkflowLine> {
  const missing = missingCollections(template, port);
  for (const values of missing) await port.request({ action: 'collections:create', values });
  if (missing.length > 0) await port.collections.reload?.();
  const { title, description, type, sync, config, nodes, notes } = template;
  const workflow = await api.createWorkflow({ title, description, type, sync, config, categories: [], options: {} });
  await api.saveFlow(workflow.id, { base: null, nodes: { put: nodes, remove: [] }, ...(notes ? { notes } : {}) });
  return workflow;
}
