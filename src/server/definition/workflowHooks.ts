import { uid } from '@nocobase/utils';
import { Op, type Transaction, type Transactionable } from 'sequelize';
import type { WorkflowModel, WorkflowPlugin } from '../contract';
import { passingWith } from '../engine/faults';

interface SaveOptions extends Transactionable {
  /** set while the former current version is stepped down by the very hook that would look for it */
  cycling?: boolean;
}

/**
 * Model hooks of `workflows`: one current version per key, rows for the counters, and triggers that listen
 * if and only if the stored row says so. A trigger is switched after the commit, so a rolled back save leaves it alone.
 */
export function registerWorkflowHooks(plugin: WorkflowPlugin): void {
  const { db } = plugin;

  db.on('workflows.beforeSave', async (workflow: WorkflowModel, { transaction, cycling }: SaveOptions) => {
    if (cycling) {
      return;
    }
    if (!workflow.key) {
      workflow.set('key', uid());
    }
    if (workflow.enabled) {
      workflow.set('current', true);
    }
    const former = (await db.getModel('workflows').findOne({
      where: { key: workflow.key, current: true, id: { [Op.ne]: workflow.id } },
      transaction,
    })) as WorkflowModel | null;
    if (!former) {
      workflow.set('current', true);
    } else if (workflow.current) {
      await former.update({ enabled: false, current: null }, { transaction, cycling: true } as SaveOptions);
    } else {
      workflow.set('current', null);
    }
  });

  db.on('workflows.afterCreate', async (workflow: WorkflowModel, { transaction }: SaveOptions) => {
    const { id, key } = workflow;
    workflow.stats = await db
      .getRepository('workflowStats')
      .firstOrCreate({ filterKeys: ['key'], values: { key, executed: 0 }, transaction });
    workflow.versionStats = (await db
      .getModel('workflowVersionStats')
      .create({ id, executed: 0 }, { transaction })) as WorkflowModel['versionStats'];
    if (workflow.enabled) {
      await afterCommit(plugin, workflow, transaction, () => plugin.toggle(workflow, true));
    }
  });

  db.on('workflows.afterUpdate', async (workflow: WorkflowModel, { transaction }: SaveOptions) => {
    // Schedules read the counters from the cached instance.
    workflow.stats = (await db
      .getModel('workflowStats')
      .findByPk(workflow.key, { transaction })) as WorkflowModel['stats'];
    workflow.versionStats = (await db
      .getModel('workflowVersionStats')
      .findByPk(workflow.id, { transaction })) as WorkflowModel['versionStats'];
    // Sequelize forgets the former values right after this hook.
    const former = workflow.previous() as Partial<WorkflowModel>;
    if ('enabled' in former && workflow.enabled) passingWith('publish', transaction);
    const replaced = 'config' in former ? ({ ...workflow.get(), ...former } as WorkflowModel) : null;
    await afterCommit(plugin, workflow, transaction, async () => {
      if (replaced) {
        await plugin.toggle(replaced, false, { silent: true });
      }
      await plugin.toggle(workflow, workflow.enabled);
    });
  });

  db.on('workflows.afterDestroy', async (workflow: WorkflowModel, { transaction }: SaveOptions) => {
    await db.getModel('workflowTasks').destroy({ where: { workflowId: workflow.id }, transaction });
    await afterCommit(plugin, workflow, transaction, () => plugin.toggle(workflow, false));
  });
}

/** Runs `task` once the transaction is committed (at once without one). What it throws is logged: the data is saved already. */
async function afterCommit(
  plugin: WorkflowPlugin,
  workflow: WorkflowModel,
  transaction: Transaction | null | undefined,
  task: () => Promise<void>,
): Promise<void> {
  const run = async () => {
    try {
      await task();
    } catch (error) {
      plugin.getLogger(workflow.id).error(`switching the trigger of workflow ${workflow.id} failed`, { error });
    }
  };
  if (transaction) {
    transaction.afterCommit(run);
  } else {
    await run();
  }
}
