import type { ApiClient } from '@nocobase/client-v2';
import { useFlowContext, useNodeContext } from '../contexts/shared';
import { useT } from '../host/translation';
import type { Instruction, NodeAvailableContext } from '../registry/Instruction';
import type { ClientNode, Id } from '../registry/types';

/** Puts the neighbours themselves beside their ids, in place. */
export function linkNodes(nodes: ClientNode[]): void {
  const byId = new Map(nodes.map((node) => [String(node.id), node]));
  for (const node of nodes) {
    node.upstream = node.upstreamId == null ? null : byId.get(String(node.upstreamId)) ?? null;
    node.downstream = node.downstreamId == null ? null : byId.get(String(node.downstreamId)) ?? null;
  }
}

/** The nodes before this one, the nearest first. */
export function useAvailableUpstreams(node: ClientNode, filter?: (node: ClientNode) => boolean): ClientNode[] {
  const found: ClientNode[] = [];
  for (let current = node?.upstream; current; current = current.upstream) {
    if (!filter || filter(current)) found.push(current);
  }
  return found;
}

/** The nodes in whose branches this one stands, the innermost first. */
export function useUpstreamScopes(node: ClientNode): ClientNode[] {
  const found: ClientNode[] = [];
  for (let current: ClientNode | null | undefined = node; current; current = current.upstream) {
    if (current.branchIndex != null && current.upstream) found.push(current.upstream);
  }
  return found;
}

/** Saves the config of a node. */
export async function updateNodeConfig({
  api,
  nodeId,
  config,
  resourceName = 'flow_nodes',
}: {
  api: ApiClient;
  nodeId: Id;
  config: Record<string, unknown>;
  resourceName?: string;
}): Promise<void> {
  await api.request({
    url: `${resourceName}:update`,
    method: 'post',
    params: { filterByTk: nodeId },
    data: { config },
  });
}

/** Why a node type cannot be put at a place, or null when it can. */
export function getInstructionAvailable(instruction: Instruction, context: NodeAvailableContext): string | null {
  const isSync = context.engine.isWorkflowSync(context.workflow);
  if (instruction.async && isSync) {
    return 'This type of node can not be used in current type of workflow or execute mode.';
  }
  if (instruction.async && context.syncOnly) return 'This branch does not support asynchronous nodes.';
  if (instruction.isAvailable && !instruction.isAvailable(context)) {
    return 'This type of node can not be used in current type of workflow or execute mode.';
  }
  return null;
}

const valueAt = (source: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined | null)?.[key], source);

/** True when one of these paths has a value in the stored config of the current node. */
export function useNodeSavedConfig(keys: string[] = []): boolean {
  const node = useNodeContext();
  return keys.some((key) => valueAt(node.config, key) != null);
}

/** Label of the button that adds a node, for screen readers and tests. */
export function useGetAriaLabelOfAddButton(node?: ClientNode, branchIndex?: number | null) {
  const t = useT();
  return {
    getAriaLabel: (postfix?: string) =>
      ['add-button', node?.type, node?.title && t(node.title), branchIndex, postfix]
        .filter((part) => part != null && part !== '')
        .join('-'),
  };
}

const count = (value: number | string | undefined): bigint => BigInt(value ?? 0);

/** How often this version was executed. */
export const useWorkflowExecuted = (): bigint => count(useFlowContext().workflow?.versionStats?.executed);

/** How often any version of the workflow was executed. */
export const useWorkflowAnyExecuted = (): bigint => count(useFlowContext().workflow?.stats?.executed);

interface FormilySchema {
  properties?: Record<string, FormilySchema>;
  [key: string]: unknown;
}

/** Calls `visit` for a Formily schema and everything below it, parents first. */
export function traverseSchema(schema: FormilySchema, visit: (schema: FormilySchema) => void): void {
  visit(schema);
  for (const child of Object.values(schema.properties ?? {})) traverseSchema(child, visit);
}
