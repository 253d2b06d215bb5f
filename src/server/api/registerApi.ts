import type { Context, Next } from '@nocobase/actions';
import type { HandlerType } from '@nocobase/resourcer';
import type { WorkflowPlugin } from '../contract';
import { createDoctorActions } from './doctor';
import { registerErrorRendering } from './errors';
import { createExecutionActions } from './executions';
import { createExecutionListAction } from './executionList';
import { registerGuard } from './guard';
import { createInsightActions } from './insights';
import { createJobActions } from './jobs';
import { createNodeActions } from './nodes';
import { createNodeStructureActions } from './nodeStructure';
import { createOverviewActions } from './overview';
import { createReplayAction } from './replay';
import { createSaveFlowAction } from './saveFlow';
import { createTaskActions } from './tasks';
import { createWatchAction } from './watch';
import { createWorkflowActions } from './workflows';
import { createVersionActions } from './workflowVersions';

export type ActionHandler = (ctx: Context, next: Next) => Promise<void>;

/** Every action of ours by its name on the resource manager. */
export function createActionHandlers(plugin: WorkflowPlugin): Record<string, ActionHandler> {
  const workflows = createWorkflowActions(plugin);
  const versions = createVersionActions(plugin, workflows.withCategoryIds);
  const nodes = createNodeActions(plugin);
  const structure = createNodeStructureActions(plugin);
  const executions = createExecutionActions(plugin);
  const jobs = createJobActions(plugin);
  const tasks = createTaskActions(plugin);
  const overviews = createOverviewActions(plugin);
  const insights = createInsightActions(plugin);
  const doctor = createDoctorActions(plugin);
  const { saveFlow } = createSaveFlowAction(plugin);
  return {
    'workflows:list': workflows.list,
    'workflows:get': workflows.get,
    'workflows:create': workflows.create,
    'workflows:saveFlow': saveFlow,
    'workflows:update': workflows.update,
    'workflows:destroy': workflows.destroy,
    'workflows:sync': workflows.sync,
    'workflows:revision': versions.revision,
    'workflows:execute': versions.execute,
    'workflows:validate': versions.validate,
    'workflows:examine': doctor.examine,
    'workflows:repair': doctor.repair,
    'workflows:overview': overviews.overview,
    'workflows:versions': overviews.versions,
    'workflows:impact': overviews.impact,
    'workflows:samples': insights.samples,
    'workflows:previewSchedule': insights.previewSchedule,
    'workflows.nodes:create': nodes.create,
    'flow_nodes:create': nodes.create,
    'flow_nodes:update': nodes.update,
    'flow_nodes:duplicate': nodes.duplicate,
    'flow_nodes:test': nodes.test,
    'flow_nodes:destroy': structure.destroy,
    'flow_nodes:destroyBranch': structure.destroyBranch,
    'flow_nodes:move': structure.move,
    'executions:list': createExecutionListAction(plugin).list,
    'executions:watch': createWatchAction(plugin).watch,
    'executions:replay': createReplayAction(plugin).replay,
    'executions:destroy': executions.destroy,
    'executions:cancel': executions.cancel,
    'executions:rerun': executions.rerun,
    'jobs:explain': insights.explain,
    'jobs:resume': jobs.resume,
    'userWorkflowTasks:listMine': tasks.listMine,
    'userWorkflowTaskStats:listMine': tasks.listMineByWorkflow,
  };
}

/** Registers the actions, who may use them, and how their errors are answered. Call it once, in `load()`. */
export function registerApi(plugin: WorkflowPlugin): void {
  const { app } = plugin;
  registerErrorRendering(plugin);
  registerGuard(plugin);
  app.resourceManager.registerActionHandlers(createActionHandlers(plugin) as unknown as Record<string, HandlerType>);

  app.acl.registerSnippet({
    name: `pm.${plugin.name}.workflows`,
    actions: [
      'workflows:*',
      'workflows.nodes:*',
      'executions:list',
      'executions:get',
      'executions:cancel',
      'executions:replay',
      'executions:watch',
      'executions:destroy',
      'flow_nodes:update',
      'flow_nodes:destroy',
      'flow_nodes:destroyBranch',
      'flow_nodes:duplicate',
      'flow_nodes:move',
      'flow_nodes:test',
      'jobs:get',
      'jobs:explain',
      'workflowCategories:*',
    ],
  });
  app.acl.registerSnippet({ name: 'ui.workflows', actions: ['workflows:list'] });
  app.acl.allow('userWorkflowTasks', 'listMine', 'loggedIn');
  app.acl.allow('userWorkflowTaskStats', 'listMine', 'loggedIn');
}
