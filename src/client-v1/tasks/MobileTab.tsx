import { SchemaInitializerItem, useApp, useCompile, type Application } from '@nocobase/client';
import { MOBILE_TASKS_UID, currentLane, tExpr, useWorkflowTaskCounts } from '@nocobase/plugin-workflow/client-v2';
import { App } from 'antd';
import { useState, type PropsWithChildren } from 'react';

const TAB_ICON = 'CheckCircleOutlined';
const TAB_COMPONENT = 'MobileTabBarWorkflowTasksItem';

interface MobileRoutes {
  routeList?: { schemaUid?: string }[];
  refresh(): Promise<unknown>;
  resource: { create(params: object): Promise<unknown> };
}

/** The mobile plugin's hook. Asked for when it is needed: an import would keep this client from loading where that plugin is off. */
function useMobileRoutes(app: Application): MobileRoutes {
  const loaded = app.requirejs.requirejs('@nocobase/plugin-mobile/client') as { useMobileRoutes(): MobileRoutes };
  return loaded.useMobileRoutes();
}

/** Menu item of the mobile designer: puts the task centre into the tab bar, once. */
export function MobileTabInitializer() {
  const app = useApp();
  const { message } = App.useApp();
  const compile = useCompile();
  const { routeList = [], refresh, resource } = useMobileRoutes(app);
  const [isBusy, setBusy] = useState(false);
  const { port } = currentLane();
  if (routeList.some(({ schemaUid }) => schemaUid === MOBILE_TASKS_UID)) return null;
  const title = tExpr('Workflow to-dos');
  const add = async () => {
    if (isBusy) return;
    setBusy(true);
    try {
      const options = { schema: { 'x-component': TAB_COMPONENT } };
      await resource.create({ values: { type: 'page', schemaUid: MOBILE_TASKS_UID, title, icon: TAB_ICON, options } });
      await refresh();
    } catch (error) {
      message.error(`${port.t('Not saved')}: ${(error as Error).message}`);
    } finally {
      setBusy(false);
    }
  };
  return <SchemaInitializerItem title={compile(title)} icon={TAB_ICON} onClick={add} />;
}

interface TabProps {
  title?: string;
  icon?: string;
  schemaUid?: string;
}

/** The tab: a page of the host's mobile client, with the number of to-dos that wait. */
export function MobileTab({ title, icon, schemaUid }: TabProps) {
  const { total } = useWorkflowTaskCounts();
  const Page = useApp().getComponent('MobileTabBar.Page', false);
  return Page ? <Page title={title} icon={icon} schemaUid={schemaUid} badge={total || undefined} /> : null;
}

/** Stored pages may be wrapped in it. All lists and badges of a page share one count here, so it has nothing to hand on. */
export function TasksCountsProvider({ children }: PropsWithChildren) {
  return <>{children}</>;
}

/** Offers the tab in the mobile client's designer and draws those that exist. */
export function registerMobileTab(app: Application): void {
  app.addComponents({ TasksCountsProvider, [TAB_COMPONENT]: MobileTab });
  app.schemaInitializerManager.addItem('mobile:tab-bar', 'workflow-tasks', { Component: MobileTabInitializer });
}
