import type { Context, Next } from '@nocobase/actions';
import type { FlowNodeModel, WorkflowPlugin } from '../contract';
import { moveNode, removeBranch, removeNode } from '../definition/graphSurgery';
import { isAbsent, parseBody, parseBranchIndex, parseUpstreamId, requireId } from './input';
import { InputError } from './errors';
import { refuse } from './refuse';
import { moveNodeSchema } from './schemas';
import { applyChanges, assertUpstream, withStructure } from './structure';

/** Actions that change how nodes hang together: `destroy`, `destroyBranch`, `move`. */
export function createNodeStructureActions(plugin: WorkflowPlugin) {
  const repository = () => plugin.db.getRepository('flow_nodes');

  async function findNode(ctx: Context, appends: string[] = []): Promise<FlowNodeModel> {
    const node: FlowNodeModel | null = await repository().findOne({ filterByTk: requireId(ctx), appends });
    return node ?? refuse(ctx, 404, 'Node not found');
  }

  async function destroy(ctx: Context, next: Next): Promise<void> {
    const node = await findNode(ctx, ['upstream', 'downstream', 'workflow']);
    const { keepBranch } = ctx.action.params;
    const kept = isAbsent(keepBranch) ? undefined : Number(keepBranch);
    await withStructure(
      plugin,
      ctx,
      {
        workflowId: node.workflowId,
        executed: 'Nodes in executed workflow could not be deleted',
        missing: [404, 'Node not found'],
      },
      (structure) => applyChanges(plugin, ctx, structure, removeNode(structure.nodes, node.id, kept)),
    );
    ctx.body = node;
    await next();
  }

  async function destroyBranch(ctx: Context, next: Next): Promise<void> {
    const { branchIndex: sent, shift } = ctx.action.params;
    const branchIndex = parseBranchIndex(sent);
    if (branchIndex === null) {
      throw new InputError({ branchIndex: 'branchIndex is required' });
    }
    const node = await findNode(ctx);
    ctx.body = await withStructure(
      plugin,
      ctx,
      {
        workflowId: node.workflowId,
        executed: 'Branches in executed workflow could not be deleted',
        missing: [404, 'Node not found'],
      },
      async (structure) => {
        const { head, ...changes } = removeBranch(structure.nodes, node.id, branchIndex, Number(shift) === 1);
        const removed: FlowNodeModel | null =
          head === null ? null : await repository().findOne({ filterByTk: head, transaction: structure.transaction });
        await applyChanges(plugin, ctx, structure, changes);
        return removed;
      },
    );
    await next();
  }

  async function move(ctx: Context, next: Next): Promise<void> {
    const values = parseBody(ctx, moveNodeSchema);
    const upstreamId = parseUpstreamId(values.upstreamId);
    const branchIndex = upstreamId === null ? null : parseBranchIndex(values.branchIndex);
    const node = await findNode(ctx);
    ctx.body = await withStructure(
      plugin,
      ctx,
      {
        workflowId: node.workflowId,
        executed: 'Nodes in executed workflow could not be moved',
        missing: [404, 'Node not found'],
      },
      async (structure) => {
        await assertUpstream(plugin, ctx, structure, upstreamId);
        await applyChanges(plugin, ctx, structure, moveNode(structure.nodes, node.id, { upstreamId, branchIndex }));
        return repository().findOne({ filterByTk: node.id, transaction: structure.transaction });
      },
    );
    await next();
  }

  return { destroy, destroyBranch, move };
}
