import type { Transactionable } from 'sequelize';
import type { Id, WorkflowModel, WorkflowPlugin } from '../contract';

/** What one process tells the others when a workflow is switched. */
export interface StatusMessage {
  type?: string;
  workflowId?: Id;
  enabled?: boolean;
}

/** Switches triggers on and off and keeps `plugin.enabledCache`, in this process and in step with the others. */
export class Switchboard {
  constructor(private readonly plugin: WorkflowPlugin) {}

  /** Reads all workflows, adds counters that are missing, and switches the enabled ones on. */
  async load(): Promise<void> {
    const { db } = this.plugin;
    const workflows: WorkflowModel[] = await db.getRepository('workflows').find({ appends: ['stats', 'versionStats'] });
    for (const workflow of workflows) {
      if (workflow.current && !workflow.stats) {
        workflow.stats = await db.getRepository('workflowStats').firstOrCreate({
          filterKeys: ['key'],
          values: { key: workflow.key, executed: 0 },
        });
      }
      workflow.versionStats ??= await db.getRepository('workflowVersionStats').firstOrCreate({
        filterKeys: ['id'],
        values: { id: workflow.id, executed: 0 },
      });
      if (workflow.enabled) {
        await this.toggle(workflow, true, { silent: true });
      }
    }
  }

  async unload(): Promise<void> {
    for (const workflow of [...this.plugin.enabledCache.values()]) {
      await this.toggle(workflow, false, { silent: true });
    }
  }

  /** Switches the trigger of a workflow; other processes are told unless `silent`. */
  async toggle(
    workflow: WorkflowModel,
    enable: boolean,
    { silent, transaction }: { silent?: boolean } & Transactionable = {},
  ): Promise<void> {
    const { plugin } = this;
    const trigger = plugin.triggers.get(workflow.type);
    if (!trigger) {
      plugin.getLogger(workflow.id).error(`trigger type ${workflow.type} of workflow ${workflow.id} is not implemented`);
      return;
    }
    const id = Number(workflow.id);
    if (enable) {
      plugin.enabledCache.set(id, workflow);
      await trigger.on?.(workflow);
    } else {
      await trigger.off?.(workflow);
      plugin.enabledCache.delete(id);
    }
    if (!silent) {
      const message = { type: 'statusChange', workflowId: workflow.id, enabled: enable };
      plugin.sendSyncMessage(message, { transaction }).catch((error: unknown) => {
        plugin.getLogger(workflow.id).warn(`other processes could not be told that workflow ${workflow.id} was switched`, { error });
      });
    }
  }

  /** Does here what another process did. */
  async follow({ workflowId, enabled }: StatusMessage): Promise<void> {
    const cached = this.plugin.enabledCache.get(Number(workflowId));
    if (cached) {
      await this.toggle(cached, false, { silent: true });
    }
    if (!enabled) {
      return;
    }
    const workflow: WorkflowModel | null = await this.plugin.db.getRepository('workflows').findOne({
      filterByTk: workflowId,
      appends: ['stats', 'versionStats'],
    });
    if (workflow?.enabled) {
      await this.toggle(workflow, true, { silent: true });
    }
  }
}
