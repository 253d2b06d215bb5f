import { Plugin, type ApiClient } from '@nocobase/client-v2';
import { PLUGIN_NAME } from '../common/constants';
import { NodeDetailsGridModel, NodeDetailsModel, NodeValueModel, TaskCardCommonItemModel } from './models/models';
import { WorkflowSettingsPage } from './pages/WorkflowSettingsPage';
import { withRegistries } from './registry/withRegistries';

const ACL_SNIPPET = 'pm.workflow.workflows';

/** The plugin in the v2 client. */
export class PluginWorkflowClientV2 extends withRegistries(Plugin) {
  override async load(): Promise<void> {
    const { flowEngine, pluginSettingsManager } = this.app;
    const title = this.t('Workflow', { ns: PLUGIN_NAME });
    flowEngine.registerModels({ NodeDetailsModel, NodeDetailsGridModel, NodeValueModel, TaskCardCommonItemModel });
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
      componentLoader: async () => ({ default: this.createSettingsPage() }),
    });
  }

  private createSettingsPage() {
    const client: ApiClient = this.app.apiClient ?? this.app.flowEngine.context.api;
    return () => <WorkflowSettingsPage client={client} getTrigger={(type) => this.triggers.get(type)} />;
  }
}
