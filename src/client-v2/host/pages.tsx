import type { Application } from '@nocobase/client-v2';
import type { ComponentType } from 'react';
import { lanePage, type PageProps } from './LanePage';
import {
  WORKFLOW_CANVAS_ROUTE_NAME,
  WORKFLOW_CANVAS_ROUTE_PATH,
  WORKFLOW_CANVAS_SETTINGS_ROUTE_NAME,
  WORKFLOW_CANVAS_SETTINGS_ROUTE_PATH,
  WORKFLOW_EXECUTION_ROUTE_NAME,
  WORKFLOW_EXECUTION_ROUTE_PATH,
  WORKFLOW_EXECUTION_SETTINGS_ROUTE_NAME,
  WORKFLOW_EXECUTION_SETTINGS_ROUTE_PATH,
  WORKFLOW_EXECUTIONS_ROUTE_NAME,
  WORKFLOW_EXECUTIONS_ROUTE_PATH,
  WORKFLOW_TASKS_ROUTE_NAME,
  WORKFLOW_TASKS_ROUTE_PATH,
} from './routes';

type PageLoader = () => Promise<{ default: ComponentType<PageProps> }>;
type Loader = () => Promise<{ default: ComponentType }>;

const onDemand =
  (load: PageLoader): Loader =>
  async () => ({ default: lanePage((await load()).default) });

/** The list of workflows, in the host's settings. */
export const settingsPage = onDemand(() => import('../../client/pages/workflows'));
const editorPage = onDemand(async () => {
  const { EditorPage } = await import('../../client/pages/editor/EditorPage');
  return { default: ({ id, registry }: PageProps) => <EditorPage workflowId={id} registry={registry} /> };
});
const executionPage = onDemand(() => import('../../client/pages/execution'));
const executionsPage = onDemand(() => import('../../client/pages/executions'));

/** Pages that both clients have under the same addresses. */
export function addPages(router: Application['router'], tasksPage: Loader): void {
  router.add(WORKFLOW_CANVAS_ROUTE_NAME, { path: WORKFLOW_CANVAS_ROUTE_PATH, componentLoader: editorPage });
  router.add(WORKFLOW_CANVAS_SETTINGS_ROUTE_NAME, { path: WORKFLOW_CANVAS_SETTINGS_ROUTE_PATH, componentLoader: editorPage });
  router.add(WORKFLOW_EXECUTION_ROUTE_NAME, { path: WORKFLOW_EXECUTION_ROUTE_PATH, componentLoader: executionPage });
  router.add(WORKFLOW_EXECUTION_SETTINGS_ROUTE_NAME, {
    path: WORKFLOW_EXECUTION_SETTINGS_ROUTE_PATH,
    componentLoader: executionPage,
  });
  router.add(WORKFLOW_EXECUTIONS_ROUTE_NAME, { path: WORKFLOW_EXECUTIONS_ROUTE_PATH, componentLoader: executionsPage });
  router.add(WORKFLOW_TASKS_ROUTE_NAME, { path: WORKFLOW_TASKS_ROUTE_PATH, componentLoader: tasksPage });
}
