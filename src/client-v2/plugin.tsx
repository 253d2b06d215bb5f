import { Plugin } from '@nocobase/client-v2';
import { ACL_SNIPPET, PLUGIN_NAME } from '../common/constants';
import { registerBinding } from './bind';
import { openLane } from './host/lane';
import { addPages, settingsPage } from './host/pages';
import { WorkflowTasksTopbarActionModel, sharedModels } from './models';
import { withRegistries } from './registry/withRegistries';

/** The plugin in the v2 client. */
export class PluginWorkflowClientV2 extends withRegistries(Plugin) {
  override async load(): Promise<void> {
    const { flowEngine, pluginSettingsManager } = this.app;
    const title = this.t('Workflow', { ns: PLUGIN_NAME });
    openLane(this.app, this);
    flowEngine.registerModels({ ...sharedModels, WorkflowTasksTopbarActionModel });
    pluginSettingsManager.addMenuItem({
      key: PLUGIN_NAME,
      title,
      icon: 'PartitionOutlined',
      isPinned: true,
      sort: 300,
      aclSnippet: ACL_SNIPPET,
    });
    pluginSettingsManager.addPageTabItem({
      menuKey: PLUGIN_NAME,
      key: 'index',
      title,
      aclSnippet: ACL_SNIPPET,
      sort: 1,
      componentLoader: settingsPage,
    });
    addPages(this.app.router, () => import('./tasks/TasksPage'));
    registerBinding(this.app);
  }
}
