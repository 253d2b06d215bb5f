import type { Application } from '@nocobase/client';
import {
  TaskCentre,
  WORKFLOW_TASKS_MOBILE_ROUTE_NAME,
  WORKFLOW_TASKS_MOBILE_ROUTE_PATH,
  getMobileTasksPath,
} from '@nocobase/plugin-workflow/client-v2';
import { TaskList } from '../formily/TaskList';

interface MobilePlugin {
  mobileRouter?: { add(name: string, route: object): void };
}

/** The task centre in the mobile client; addresses are those of its own router. */
function MobileTasksPage() {
  return <TaskCentre List={TaskList} pathOf={getMobileTasksPath} />;
}

/** Adds the task centre to the mobile client when that is installed. Plugins load one after the other: its router may be there or come later. */
export function registerMobileTasks(app: Application): void {
  const router = () => (app.pm.get('mobile') as MobilePlugin | undefined)?.mobileRouter;
  const add = () =>
    router()?.add(WORKFLOW_TASKS_MOBILE_ROUTE_NAME, { path: WORKFLOW_TASKS_MOBILE_ROUTE_PATH, Component: MobileTasksPage });
  if (router()) add();
  else app.eventBus.addEventListener('plugin:mobile:loaded', add, { once: true });
}
