import type { Context, Next } from '@nocobase/actions';
import { configErrors } from '../definition/configErrors';
import { planFlow, type FlowFault, type FlowPlan } from '../definition/flowPlan';
import { notesOf, revisionOf } from '../definition/revision';
import type { FlowNodeModel, Id, WorkflowModel, WorkflowPlugin } from '../contract';
import { FlowRefused, InputError, NodeValidationError } from './errors';
import { parseBody, requireId } from './input';
import { saveFlowSchema, type FlowValues } from './schemas';
import { nodesLimit, touch, withStructure, type Structure } from './structure';
import { assertNodeValid } from './validateDefinition';

const EXECUTED = { message: 'An executed version can not be changed; make a new version', code: 'WF_EXECUTED' };
const CONFLICT = { message: 'The workflow has been changed by somebody else', code: 'WF_CONFLICT', field: 'base' };

const NODE_COLUMNS = ['id', 'key', 'type', 'title', 'config', 'upstreamId', 'downstreamId', 'branchIndex'];

/** Action `workflows:saveFlow`: what an editor changed in a version, all of it or nothing. */
export function createSaveFlowAction(plugin: WorkflowPlugin) {
  const { db } = plugin;
  const loadNodes = async (workflowId: Id, structure: Pick<Structure, 'transaction'>): Promise<FlowNodeModel[]> =>
    (await db.getModel('flow_nodes').findAll({
      where: { workflowId },
      transaction: structure.transaction,
    })) as unknown as FlowNodeModel[];

  async function saveFlow(ctx: Context, next: Next): Promise<void> {
    const workflowId = requireId(ctx);
    const values = parseValues(ctx);
    ctx.body = await withStructure(
      plugin,
      ctx,
      { workflowId, executed: () => new FlowRefused(400, [EXECUTED]), missing: [404, 'Workflow not found'] },
      (structure) => save(ctx, structure, values),
    );
    await next();
  }

  async function save(ctx: Context, structure: Structure, values: FlowValues) {
    const { workflow, transaction } = structure;
    const stored = await loadNodes(workflow.id, structure);
    if (values.base != null && values.base !== revisionOf(definitionOf(workflow), stored)) {
      throw new FlowRefused(409, [CONFLICT]);
    }
    const { put = [], remove = [] } = values.nodes ?? {};
    const plan = planFlow(stored, put, remove, () => Number(plugin.app.snowflakeIdGenerator.generate()));
    const found = [...triggerFaults(workflow, values), ...plan.faults, ...nodeFaults(workflow, plan), ...limitFaults(plan)];
    const faults = found.filter((fault) => workflow.enabled || !isGap(fault));
    if (faults.length > 0) {
      throw new FlowRefused(400, faults);
    }
    await writeNodes(ctx, structure, plan);
    const saved = await writeWorkflow(ctx, structure, values);
    const nodes = await loadNodes(workflow.id, { transaction });
    return { revision: revisionOf(definitionOf(saved), nodes), ids: plan.ids, problems: found };
  }

  function triggerFaults({ type }: WorkflowModel, { trigger }: FlowValues): FlowFault[] {
    const registered = plugin.triggers.get(type);
    if (!trigger?.config) {
      return [];
    }
    if (!registered) {
      return [{ field: 'trigger.type', message: `Trigger type "${type}" is not registered` }];
    }
    return Object.entries(configErrors(registered, trigger.config) ?? {}).map(([field, message]) => ({
      field: `trigger.config.${field}`,
      message,
    }));
  }

  /** As for single nodes: a new node, or one of another type, has to be available; what is sent has to be valid. */
  function nodeFaults(workflow: WorkflowModel, { create, update }: FlowPlan): FlowFault[] {
    const retyped = new Set(update.filter(({ type, stored }) => type !== stored.type));
    return [...create, ...update].flatMap((node) => {
      const isNew = !('stored' in node) || retyped.has(node as FlowPlan['update'][number]);
      const { key, type, config, links } = node;
      try {
        assertNodeValid(
          plugin,
          { type, config: hasMembers(config) ? config : undefined, upstreamId: links.upstreamId, branchIndex: links.branchIndex },
          isNew ? workflow : undefined,
        );
        return [];
      } catch (error) {
        if (!(error instanceof NodeValidationError)) {
          throw error;
        }
        return Object.entries(error.errors).map(([field, message]) => ({
          nodeKey: key,
          field: field === 'type' ? field : `config.${field}`,
          message,
        }));
      }
    });
  }

  function limitFaults({ create, ids }: FlowPlan): FlowFault[] {
    const limit = nodesLimit();
    return create.length > 0 && limit > 0 && Object.keys(ids).length > limit
      ? [{ field: 'nodes', message: `The number of nodes in a workflow cannot exceed ${limit}` }]
      : [];
  }

  async function writeNodes(ctx: Context, { workflow, transaction }: Structure, plan: FlowPlan): Promise<void> {
    const nodes = db.getRepository('flow_nodes');
    if (plan.remove.length > 0) {
      await nodes.destroy({ filterByTk: plan.remove, transaction });
    }
    for (const { key, type, title, config, links } of plan.create) {
      await nodes.create({
        values: { key, type, title: title ?? null, config: config ?? {}, ...links, workflowId: workflow.id },
        context: ctx,
        transaction,
      });
    }
    for (const { type, title, config, links, stored } of plan.update) {
      const { id, ...place } = links;
      await nodes.update({
        filterByTk: id,
        values: {
          type,
          title: title === undefined ? stored.title : title,
          config: config ?? stored.config,
          ...place,
        },
        context: ctx,
        transaction,
      });
    }
  }

  /** A change of the trigger goes through the hooks that switch it; nodes and notes do not. */
  async function writeWorkflow(ctx: Context, { workflow, transaction }: Structure, values: FlowValues): Promise<WorkflowModel> {
    const { trigger = {}, notes, nodes = {} } = values;
    const triggerValues = {
      ...(trigger.config === undefined ? {} : { config: trigger.config }),
      ...(trigger.title === undefined ? {} : { triggerTitle: trigger.title }),
    };
    if (notes) {
      await db
        .getModel('workflows')
        .update({ canvas: { ...canvasOf(workflow), notes } }, { where: { id: workflow.id }, hooks: false, silent: true, transaction });
    }
    if (Object.keys(triggerValues).length > 0) {
      await db
        .getRepository('workflows')
        .update({ filterByTk: workflow.id, values: triggerValues, context: ctx, transaction });
    } else if (notes || nodes.put?.length || nodes.remove?.length) {
      await touch(plugin, ctx, workflow.id, transaction);
    }
    return (await db.getModel('workflows').findByPk(workflow.id, { transaction })) as unknown as WorkflowModel;
  }

  return { saveFlow };
}

/**
 * What the editor loads beside the row: `notes`, and the `revision` that it sends back as `base`. It is that of the nodes
 * and the trigger that are answered, so that an edit of somebody else in between is a conflict and not overwritten.
 */
export async function describeFlow({ db }: WorkflowPlugin, answered: WorkflowModel) {
  const isWhole = ['config', 'triggerTitle', 'canvas'].every((name) => name in answered.dataValues);
  const workflow = isWhole
    ? answered
    : ((await db.getModel('workflows').findByPk(answered.id)) as unknown as WorkflowModel | null);
  const hasNodes = answered.nodes?.every((node) => NODE_COLUMNS.every((name) => name in node.dataValues));
  const nodes = hasNodes
    ? answered.nodes!
    : ((await db.getModel('flow_nodes').findAll({ where: { workflowId: answered.id } })) as unknown as FlowNodeModel[]);
  const definition = definitionOf(workflow ?? answered);
  return { revision: revisionOf(definition, nodes), notes: notesOf(definition) };
}

function canvasOf(workflow: WorkflowModel) {
  return workflow.get('canvas') as Parameters<typeof notesOf>[0]['canvas'];
}

function definitionOf(workflow: WorkflowModel) {
  return { config: workflow.config, triggerTitle: workflow.triggerTitle, canvas: canvasOf(workflow) };
}

/**
 * Something that is not filled in yet. Editors save while one works, so a version that is off may have gaps;
 * they are answered as `problems`. Joi's own texts: validators of extensions have no other mark.
 */
function isGap({ field, message }: FlowFault): boolean {
  return /(^|\.)config\./.test(field) && / is (required|not allowed to be empty)$/.test(message);
}

/** A config that is absent or empty has not been begun; it is not checked, as when a single node is created without one. */
function hasMembers(config: object | undefined): boolean {
  return config !== undefined && Object.keys(config).length > 0;
}

/** Faults of single nodes name the node, as those found later do. */
function parseValues(ctx: Context): FlowValues {
  try {
    return parseBody(ctx, saveFlowSchema);
  } catch (error) {
    if (!(error instanceof InputError)) {
      throw error;
    }
    const { values } = ctx.action.params as { values?: { nodes?: { put?: Array<{ key?: unknown }> } } };
    const wire = Object.entries(error.errors).map(([path, message]) => {
      const [, index, field] = /^nodes\.put\.(\d+)\.?(.*)$/.exec(path) ?? [];
      const nodeKey = index === undefined ? undefined : values?.nodes?.put?.[Number(index)]?.key;
      return { field: typeof nodeKey === 'string' && field ? field : path, message, ...(typeof nodeKey === 'string' ? { nodeKey } : {}) };
    });
    throw new FlowRefused(400, wire);
  }
}
