import { Plugin } from '@nocobase/client';
import { WorkflowSettingsPage, tExpr, useCompiledText, withRegistries } from '@nocobase/plugin-workflow/client-v2';
import { PLUGIN_NAME } from '../common/constants';

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

  /** Further collections that only the browser knows; this version shows no blocks of them. */
  registerCollectionsToDataSource(_collections: unknown[]): void {}

  override async load(): Promise<void> {
    this.app.pluginSettingsManager.add(PLUGIN_NAME, {
      icon: 'PartitionOutlined',
      title: tExpr('Workflow'),
      isPinned: true,
      sort: 300,
      aclSnippet: 'pm.workflow.workflows',
      Component: this.createSettingsPage(),
    });
  }

  private createSettingsPage() {
    const client = this.app.apiClient ?? this.app.flowEngine.context.api;
    return () => <WorkflowSettingsPage client={client} getTrigger={(type) => this.triggers.get(type)} />;
  }
}
