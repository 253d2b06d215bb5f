import type { Id } from '../registry/types';

export const WORKFLOW_CANVAS_ROUTE_NAME = 'admin.workflow.workflows.id';
export const WORKFLOW_CANVAS_ROUTE_PATH = '/admin/workflow/workflows/:id';
export const WORKFLOW_CANVAS_SETTINGS_ROUTE_NAME = 'admin.workflow.settings.workflows.id';
export const WORKFLOW_CANVAS_SETTINGS_ROUTE_PATH = '/admin/settings/workflow/workflows/:id';
export const WORKFLOW_EXECUTION_ROUTE_NAME = 'admin.workflow.executions.id';
export const WORKFLOW_EXECUTION_ROUTE_PATH = '/admin/workflow/executions/:id';
export const WORKFLOW_EXECUTION_SETTINGS_ROUTE_NAME = 'admin.workflow.settings.executions.id';
export const WORKFLOW_EXECUTION_SETTINGS_ROUTE_PATH = '/admin/settings/workflow/executions/:id';
export const WORKFLOW_EXECUTIONS_ROUTE_NAME = 'admin.workflow.settings.executions.list';
export const WORKFLOW_EXECUTIONS_ROUTE_PATH = '/admin/settings/workflow/executions';
export const WORKFLOW_TASKS_ROUTE_NAME = 'admin.workflow.tasks';
export const WORKFLOW_TASKS_ROUTE_PATH = '/admin/workflow/tasks/:taskType?/:status?/:popupId?';
export const WORKFLOW_TASKS_MOBILE_ROUTE_NAME = 'mobile.page.workflow.tasks.list';
export const WORKFLOW_TASKS_MOBILE_ROUTE_PATH = '/page/workflow-tasks/:taskType?/:status?/:popupId?';
export const WORKFLOW_TASKS_PAGE_SIZE = 20;

/** Address of the page of a workflow version. */
export const getWorkflowCanvasPath = (id: Id): string => `/admin/settings/workflow/workflows/${id}`;
/** Address of the page of an execution. */
export const getWorkflowExecutionPath = (id: Id): string => `/admin/settings/workflow/executions/${id}`;

const tasksPath =
  (root: string) =>
  (taskType?: string, status?: string, popupId?: Id): string => {
    const segments = [taskType, taskType && status, taskType && status && popupId].filter(Boolean);
    return [root, ...segments].join('/');
  };

/** Address of the task centre. */
export const getWorkflowTasksPath = tasksPath('/admin/workflow/tasks');
/** Page of the mobile client that is the task centre; stored pages of stock have the same. */
export const MOBILE_TASKS_UID = 'workflow-tasks';
/** Address of the task centre in the mobile client, below its own base. */
export const getMobileTasksPath = tasksPath(`/page/${MOBILE_TASKS_UID}`);
