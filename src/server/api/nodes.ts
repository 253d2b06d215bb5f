import type { Context, Next } from '@nocobase/actions';
import type { FlowNodeModel, Id, WorkflowPlugin } from '../contract';
import { isSameId, type Placement } from '../definition/GraphDraft';
import { insertNode, setBranchIndex } from '../definition/graphSurgery';
import { InputError, NodeValidationError } from './errors';
import { isAbsent, parseBody, parseBranchIndex, parseId, parseUpstreamId, requireId } from './input';
import { refuse } from './refuse';
import { createNodeSchema, duplicateNodeSchema, testNodeSchema, updateNodeSchema } from './schemas';
import { applyChanges, assertNodesLimit, assertUpstream, touch, withStructure, type Structure } from './structure';
import { assertNodeValid } from './validateDefinition';

const CREATE_IN_EXECUTED = 'Node could not be created in executed workflow';

/** Actions that write what a node is: `create`, `duplicate`, `update`, `test`. */
export function createNodeActions(plugin: WorkflowPlugin) {
  const repository = () => plugin.db.getRepository('flow_nodes');

  /** Inserts a row and hangs it into the graph. */
  async function insert(ctx: Context, structure: Structure, values: object, place: Placement): Promise<FlowNodeModel> {
    const { workflow, nodes, transaction } = structure;
    assertNodesLimit(ctx, structure);
    await assertUpstream(plugin, ctx, structure, place.upstreamId);
    const node: FlowNodeModel = await repository().create({
      values: { ...values, ...place, workflowId: workflow.id },
      context: ctx,
      transaction,
    });
    const changes = insertNode(nodes, node.id, place);
    await applyChanges(plugin, ctx, structure, changes);
    node.set(changes.updated.find(({ id }) => isSameId(id, node.id))!);
    return node;
  }

  /** Expressions refer to nodes by key. */
  async function assertKeyFree({ workflow, transaction }: Structure, key?: string | null): Promise<void> {
    if (key && (await repository().count({ filter: { workflowId: workflow.id, key }, transaction }))) {
      throw new NodeValidationError({ key: `"key" is used by another node of the workflow` });
    }
  }

  async function create(ctx: Context, next: Next): Promise<void> {
    const workflowId = parseId(ctx.action.sourceId ?? ctx.action.params.values?.workflowId, 'workflowId');
    const values = parseBody(ctx, createNodeSchema, NodeValidationError);
    const place = parsePlacement(ctx);
    ctx.body = await withStructure(
      plugin,
      ctx,
      { workflowId, executed: CREATE_IN_EXECUTED, missing: [404, 'Workflow not found'] },
      async (structure) => {
        assertNodeValid(plugin, { ...values, ...place }, structure.workflow);
        await assertKeyFree(structure, values.key);
        return insert(ctx, structure, values, place);
      },
    );
    await next();
  }

  async function duplicate(ctx: Context, next: Next): Promise<void> {
    const origin = await findNode(ctx);
    const { config } = parseBody(ctx, duplicateNodeSchema, NodeValidationError);
    const place = parsePlacement(ctx);
    ctx.body = await withStructure(
      plugin,
      ctx,
      { workflowId: origin.workflowId, executed: CREATE_IN_EXECUTED, missing: [400, 'Workflow not found'] },
      async (structure) => {
        const { transaction } = structure;
        const instruction = plugin.instructions.get(origin.type);
        const copied =
          config ?? (await instruction?.duplicateConfig?.(origin, { origin, transaction })) ?? origin.config;
        const { type, title } = origin;
        return insert(ctx, structure, { type, title, config: copied }, place);
      },
    );
    await next();
  }

  async function update(ctx: Context, next: Next): Promise<void> {
    const node = await findNode(ctx);
    const values = parseBody(ctx, updateNodeSchema, NodeValidationError);
    assertSamePlace(ctx, node);
    const sent = ctx.action.params.values ?? {};
    const branchIndex = 'branchIndex' in sent ? parseBranchIndex(sent.branchIndex) : undefined;
    ctx.body = await withStructure(
      plugin,
      ctx,
      {
        workflowId: node.workflowId,
        executed: 'Nodes in executed workflow could not be reconfigured',
        missing: [400, 'Workflow not found'],
      },
      async (structure) => {
        const { nodes, transaction } = structure;
        assertNodeValid(plugin, { type: node.type, config: node.config, ...values });
        if (branchIndex !== undefined) {
          await applyChanges(plugin, ctx, structure, setBranchIndex(nodes, node.id, branchIndex));
        }
        const updated = await repository().update({ filterByTk: node.id, values, context: ctx, transaction });
        await touch(plugin, ctx, node.workflowId, transaction);
        return updated;
      },
    );
    await next();
  }

  async function test(ctx: Context, next: Next): Promise<void> {
    const { type, config = {} } = parseBody(ctx, testNodeSchema, NodeValidationError);
    const instruction = plugin.instructions.get(type!);
    if (instruction && !instruction.test) {
      refuse(ctx, 400, 'test method of instruction "{{type}}" not implemented', { type: type! });
    }
    assertNodeValid(plugin, { type, config });
    try {
      ctx.body = await instruction.test!(config);
    } catch (error) {
      ctx.throw(500, error instanceof Error ? error.message : String(error));
    }
    await next();
  }

  async function findNode(ctx: Context): Promise<FlowNodeModel> {
    const node: FlowNodeModel | null = await repository().findOne({ filterByTk: requireId(ctx) });
    return node ?? refuse(ctx, 404, 'Node not found');
  }

  return { create, duplicate, update, test };
}

function parsePlacement(ctx: Context): Placement {
  const { upstreamId, branchIndex } = ctx.action.params.values ?? {};
  const parsed = { upstreamId: parseUpstreamId(upstreamId), branchIndex: parseBranchIndex(branchIndex) };
  return parsed.upstreamId === null ? { upstreamId: null, branchIndex: null } : parsed;
}

/**
 * A stored node may be sent back as a whole, but `update` moves nothing.
 * @throws InputError naming the link that differs
 */
function assertSamePlace(ctx: Context, node: FlowNodeModel): void {
  const { upstreamId, downstreamId, workflowId, upstream } = ctx.action.params.values ?? {};
  const links: Array<[field: 'upstreamId' | 'downstreamId' | 'workflowId', sent: unknown, stored: Id | null]> = [
    ['upstreamId', upstreamId, node.upstreamId],
    ['upstreamId', upstream?.id, node.upstreamId],
    ['downstreamId', downstreamId, node.downstreamId],
    ['workflowId', workflowId, node.workflowId],
  ];
  for (const [field, sent, stored] of links) {
    if (sent !== undefined && !isSameId(isAbsent(sent) ? null : (sent as Id), stored)) {
      throw new InputError({ [field]: `${field} can not be changed by an update, use flow_nodes:move` });
    }
  }
}
