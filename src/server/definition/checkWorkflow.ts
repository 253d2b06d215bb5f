import type { FlowNodeModel, Id, WorkflowModel, WorkflowPlugin } from '../contract';
import { validateCollectionField } from '../expressions';
import { configErrors } from './configErrors';
import { validateGraph, type GraphProblemCode } from './validateGraph';
import { findVariables } from './variableReferences';

export type ProblemCode =
  | GraphProblemCode
  | 'unknown-type'
  | 'unavailable-type'
  | 'invalid-config'
  | 'unknown-collection'
  | 'unknown-variable'
  | 'waits-in-sync';

/** Something that will keep a workflow from working. Without a node: its trigger, or the workflow as a whole. */
export interface WorkflowProblem {
  nodeId?: Id;
  nodeKey?: string;
  field?: string;
  code: ProblemCode;
  message: string;
}

/** Node types that cannot end within a request: they wait for a time, a person or a background task. */
const WAITING_TYPES = new Set(['delay', 'manual', 'approval', 'llm', 'ai-employee']);

type CheckPlugin = Pick<WorkflowPlugin, 'app' | 'triggers' | 'instructions' | 'functions'>;
type Where = Pick<WorkflowProblem, 'nodeId' | 'nodeKey'>;

/**
 * Everything that is wrong with a version, for the editor to show. Reads nothing, changes nothing.
 * @param nodes all nodes of the version
 */
export function checkWorkflow(workflow: WorkflowModel, nodes: FlowNodeModel[], plugin: CheckPlugin): WorkflowProblem[] {
  const keys = new Map(nodes.map(({ id, key }) => [String(id), key]));
  const graph = validateGraph(nodes).map((problem): WorkflowProblem => {
    return problem.nodeId === undefined ? problem : { ...problem, nodeKey: keys.get(String(problem.nodeId)) };
  });
  return [
    ...checkTrigger(workflow, plugin),
    ...graph,
    ...nodes.flatMap((node) => checkNode(node, workflow, nodes, plugin)),
  ];
}

function checkTrigger({ type, config }: WorkflowModel, plugin: CheckPlugin): WorkflowProblem[] {
  const trigger = plugin.triggers.get(type);
  if (!trigger) {
    return [{ field: 'type', code: 'unknown-type', message: `Trigger type "${type}" is not registered` }];
  }
  return checkConfig(config, configErrors(trigger, config ?? {}), {}, plugin);
}

function checkNode(
  node: FlowNodeModel,
  workflow: WorkflowModel,
  nodes: FlowNodeModel[],
  plugin: CheckPlugin,
): WorkflowProblem[] {
  const where = { nodeId: node.id, nodeKey: node.key };
  const instruction = plugin.instructions.get(node.type);
  if (!instruction) {
    return [{ ...where, field: 'type', code: 'unknown-type', message: `Node type "${node.type}" is not registered` }];
  }
  const problems = checkConfig(node.config, configErrors(instruction, node.config ?? {}), where, plugin);
  if (instruction.isAvailable && !instruction.isAvailable(workflow, node)) {
    const message = `Node type "${node.type}" is not available in the current workflow`;
    problems.push({ ...where, field: 'type', code: 'unavailable-type', message });
  }
  const isSync = plugin.triggers.get(workflow.type)?.sync ?? workflow.sync;
  if (isSync && WAITING_TYPES.has(node.type)) {
    const message = 'The node waits, so the request is answered before the workflow has ended';
    problems.push({ ...where, field: 'type', code: 'waits-in-sync', message });
  }
  return [...problems, ...checkVariables(node, nodes, plugin)];
}

function checkConfig(
  config: { collection?: unknown } | null,
  errors: Record<string, string> | null,
  where: Where,
  { app }: CheckPlugin,
): WorkflowProblem[] {
  const problems = Object.entries(errors ?? {}).map(([field, message]): WorkflowProblem => {
    return { ...where, field: `config.${field}`, code: 'invalid-config', message };
  });
  const collection = config?.collection;
  if (typeof collection === 'string' && collection) {
    const message = validateCollectionField(collection, app.dataSourceManager)?.collection;
    if (message) {
      // The type's own validation may have said the same.
      const others = problems.filter(({ field }) => field !== 'config.collection');
      return [...others, { ...where, field: 'config.collection', code: 'unknown-collection', message }];
    }
  }
  return problems;
}

function checkVariables(node: FlowNodeModel, nodes: FlowNodeModel[], plugin: CheckPlugin): WorkflowProblem[] {
  const enclosing = enclosingNodes(node, nodes).flatMap(({ id, key }) => [String(id), key]);
  const isKnown: Record<string, (name: string, path: string) => boolean> = {
    $jobsMapByNodeKey: (name) => nodes.some(({ key }) => key === name),
    $scopes: (name) => enclosing.includes(name),
    $system: (_name, path) =>
      [...plugin.functions.getKeys()].some((key) => `${path}.`.startsWith(`${key}.`) || key.startsWith(`${path}.`)),
  };
  return findVariables(node.config)
    .filter(({ path: [group, name, ...rest] }) => {
      return name && isKnown[group!] && !isKnown[group!]!(name, [name, ...rest].join('.'));
    })
    .map(({ field, path }) => ({
      nodeId: node.id,
      nodeKey: node.key,
      field: field ? `config.${field}` : 'config',
      code: 'unknown-variable',
      message: `Variable "${path.join('.')}" does not exist`,
    }));
}

/** The node itself and the branching nodes around it. */
function enclosingNodes(node: FlowNodeModel, nodes: FlowNodeModel[]): FlowNodeModel[] {
  const byId = new Map(nodes.map((row) => [String(row.id), row]));
  const enclosing = [node];
  const seen = new Set<FlowNodeModel>();
  for (let row: FlowNodeModel | undefined = node; row && !seen.has(row);) {
    seen.add(row);
    const upstream: FlowNodeModel | undefined = byId.get(String(row.upstreamId));
    if (upstream && row.branchIndex !== null) {
      enclosing.push(upstream);
    }
    row = upstream;
  }
  return enclosing;
}
