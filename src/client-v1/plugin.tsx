import { Plugin } from '@nocobase/client';
import {
  addPages,
  openLane,
  settingsPage,
  sharedModels,
  tExpr,
  useCompiledText,
  withRegistries,
} from '@nocobase/plugin-workflow/client-v2';
import { ACL_SNIPPET, PLUGIN_NAME } from '../common/constants';
import { registerBinding } from './bind';
import { blockComponents } from './formily/blockComponents';
import { legacyRenderer } from './formily/LegacyFieldset';
import { PinnedTasksLink, WorkflowTasksLink } from './tasks/TasksLink';
import { registerMobileTab } from './tasks/MobileTab';
import { registerMobileTasks } from './tasks/mobile';

/** The plugin in the v1 client. */
export class PluginWorkflowClient extends withRegistries(Plugin) {
  /** Trigger types for a select; a hook that works without `this`. */
  useTriggersOptions = () => {
    const compile = useCompiledText();
    return [...this.triggers.getEntities()]
      .map(([value, { title, ...options }]) => ({ value, label: compile(title), color: 'gold', options }))
      .sort((left, right) => left.label.localeCompare(right.label));
  };

  /** Groups of node types for a menu; a hook that works without `this`. */
  useInstructionGroupOptions = () => {
    const compile = useCompiledText();
    return [...this.instructionGroups.getEntities()].map(([key, { label }]) => ({ key, label: compile(label) }));
  };

  /** Collections of extensions that only the browser knows, e.g. of to-dos; modern blocks need them. */
  registerCollectionsToDataSource(collections: { name: string; [option: string]: unknown }[]): void {
    const main = this.app.flowEngine.context.dataSourceManager.getDataSource('main');
    for (const collection of collections) {
      if (!main?.getCollection(collection.name)) main?.addCollection?.({ ...collection, hidden: true });
    }
  }

  override async load(): Promise<void> {
    const { app } = this;
    openLane(app, this, legacyRenderer);
    app.flowEngine.registerModels(sharedModels);
    app.pluginSettingsManager.add(PLUGIN_NAME, {
      icon: 'PartitionOutlined',
      title: tExpr('Workflow'),
      isPinned: true,
      sort: 300,
      aclSnippet: ACL_SNIPPET,
      componentLoader: settingsPage,
    });
    addPages(app.router, () => import('./tasks/TasksPage'));
    app.addComponents({ WorkflowTasksLink, ...blockComponents });
    app.addProvider(PinnedTasksLink);
    registerMobileTasks(app);
    registerMobileTab(app);
    registerBinding(app);
  }
}
