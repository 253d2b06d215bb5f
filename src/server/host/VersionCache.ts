import type { Database } from '@nocobase/database';
import type { FlowNodeModel, Id, WorkflowModel } from '../contract';
import { compileGraph } from '../engine/graph';
import type { VersionSource } from '../engine/ports';
import { linkNodes, type LoadedVersion } from '../processor/LoadedVersion';

const MAX_VERSIONS = 500;

/**
 * Versions ready for execution. A version that has run never changes, so a cached one stays right; edits before the
 * first run are seen through the hooks of this process, and other processes load it only when they execute it first.
 */
export class VersionCache implements VersionSource {
  private readonly versions = new Map<string, LoadedVersion>();

  constructor(
    private readonly db: Database,
    private readonly enabled: ReadonlyMap<number, WorkflowModel>,
  ) {}

  watch(): void {
    const byWorkflow = (workflow: { id: Id }) => this.forget(workflow.id);
    const byNode = (node: { workflowId: Id }) => this.forget(node.workflowId);
    this.db.on('workflows.afterSave', byWorkflow);
    this.db.on('workflows.afterDestroy', byWorkflow);
    this.db.on('flow_nodes.afterSave', byNode);
    this.db.on('flow_nodes.afterDestroy', byNode);
    this.db.on('flow_nodes.afterBulkUpdate', () => this.versions.clear());
    this.db.on('flow_nodes.afterBulkDestroy', () => this.versions.clear());
  }

  forget(workflowId: Id): void {
    const version = this.versions.get(String(workflowId));
    if (version) {
      delete version.workflow.nodes;
      this.versions.delete(String(workflowId));
    }
  }

  clear(): void {
    this.versions.clear();
  }

  async load(workflowId: string): Promise<LoadedVersion | undefined> {
    const known = this.versions.get(workflowId);
    if (known) {
      return known;
    }
    const workflow =
      this.enabled.get(Number(workflowId)) ??
      ((await this.db.getModel('workflows').findByPk(workflowId)) as unknown as WorkflowModel | null);
    if (!workflow) {
      return undefined;
    }
    const nodes = (await this.db.getModel('flow_nodes').findAll({
      where: { workflowId },
      order: [['id', 'ASC']],
    })) as unknown as FlowNodeModel[];
    const version = compileVersion(workflow, nodes);
    if (this.versions.size >= MAX_VERSIONS) {
      this.versions.delete(this.versions.keys().next().value as string);
    }
    this.versions.set(workflowId, version);
    return version;
  }
}

function compileVersion(workflow: WorkflowModel, nodes: FlowNodeModel[]): LoadedVersion {
  const options = workflow.options ?? {};
  workflow.nodes = nodes;
  return {
    id: String(workflow.id),
    key: workflow.key,
    graph: compileGraph(
      nodes.map((node) => ({
        id: String(node.id),
        key: node.key,
        type: node.type,
        upstreamId: node.upstreamId == null ? null : String(node.upstreamId),
        downstreamId: node.downstreamId == null ? null : String(node.downstreamId),
        branchIndex: node.branchIndex ?? null,
      })),
    ),
    timeoutMs: positive(options.timeout) ?? 0,
    deleteOnStatus: Array.isArray(options.deleteExecutionOnStatus) ? options.deleteExecutionOnStatus : [],
    concurrency: positive(options.concurrency) ?? 1,
    workflow,
    nodes,
    nodeModels: new Map(nodes.map((node) => [String(node.id), node])),
    nodesMap: linkNodes(nodes),
  };
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}
