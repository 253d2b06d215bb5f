import { Repository } from '@nocobase/database';
import type { Transaction } from 'sequelize';
import { PLUGIN_NAME } from '../../common/constants';
import type { FlowNodeModel, Id, WorkflowModel, WorkflowOptions, WorkflowPlugin } from '../contract';
import { passingWith } from '../engine/faults';

/** What a revision may set differently from its origin; everything else is copied or starts afresh. */
export interface RevisionValues {
  title?: string;
  description?: string | null;
  triggerTitle?: string | null;
  enabled?: boolean;
  current?: boolean | null;
  options?: WorkflowOptions;
  categories?: Id[];
  [key: string]: unknown;
}

export interface RevisionOptions {
  /** id of the version to copy */
  filterByTk: Id;
  /** `{ key }` of the origin: a new version of the same workflow. `{}`: a workflow of its own. */
  filter: { key?: string };
  values?: RevisionValues;
  /** a Koa context, or anything with the application in it */
  context: { app: { pm: { get(name: string): unknown } } };
}

const OVERRIDABLE = ['title', 'description', 'triggerTitle', 'versionName', 'enabled', 'current', 'options', 'categories'];

/** Repository of `workflows`. */
export class WorkflowRepository extends Repository {
  /**
   * Copies a version with its nodes, as a new version or as a new workflow. Node keys stay, so expressions keep working.
   * @returns the new row, or null when the origin does not exist
   * @example
   * await repository.revision({ filterByTk: 1, filter: { key: 'abc' }, values: { enabled: true }, context: { app } });
   */
  async revision(options: RevisionOptions): Promise<WorkflowModel | null> {
    const { filterByTk, filter, values = {}, context } = options;
    const plugin = context.app.pm.get(PLUGIN_NAME) as WorkflowPlugin;
    return this.database.sequelize.transaction(async (transaction) => {
      const origin: WorkflowModel | null = await this.findOne({
        filterByTk,
        filter: filter.key ? { key: filter.key } : {},
        appends: ['nodes', 'categories'],
        context,
        transaction,
      });
      if (!origin) {
        return null;
      }
      const instance: WorkflowModel = await this.create({
        values: {
          ...(filter.key ? { key: origin.key, title: origin.title, current: null } : { title: `${origin.title} copy` }),
          triggerTitle: origin.triggerTitle,
          description: origin.get('description'),
          options: origin.options,
          categories: (origin.get('categories') as Array<{ id: Id }>).map(({ id }) => id),
          ...Object.fromEntries(OVERRIDABLE.filter((name) => name in values).map((name) => [name, values[name]])),
          type: origin.type,
          sync: origin.sync,
          config: origin.config,
          canvas: origin.get('canvas') ?? null,
        },
        context,
        transaction,
      });
      const config = await plugin.triggers.get(origin.type)?.duplicateConfig?.(instance, { origin, transaction });
      if (config) {
        await instance.update({ config }, { transaction });
      }
      await this.copyNodes(plugin, origin, instance, transaction);
      passingWith('version', transaction);
      return instance;
    });
  }

  private async copyNodes(
    plugin: WorkflowPlugin,
    origin: WorkflowModel,
    target: WorkflowModel,
    transaction: Transaction,
  ): Promise<void> {
    const nodes: FlowNodeModel[] = origin.nodes ?? [];
    const { model } = this.database.getCollection('flow_nodes');
    const copies = new Map<string, FlowNodeModel>();
    for (const { id, type, key, config, title, branchIndex } of nodes) {
      const values = { type, key, config, title, branchIndex, workflowId: target.id };
      copies.set(String(id), (await model.create(values, { transaction })) as FlowNodeModel);
    }
    const copyId = (id: Id | null) => (id == null ? null : (copies.get(String(id))?.id ?? null));
    for (const node of nodes) {
      const copy = copies.get(String(node.id))!;
      const config = await plugin.instructions.get(node.type)?.duplicateConfig?.(copy, { origin: node, transaction });
      await copy.update(
        {
          ...(config ? { config } : {}),
          upstreamId: copyId(node.upstreamId),
          downstreamId: copyId(node.downstreamId),
        },
        { transaction },
      );
    }
  }
}
