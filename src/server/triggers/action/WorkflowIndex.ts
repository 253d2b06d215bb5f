import type { WorkflowModel } from '../../contract';
import { normalizeCollectionName } from './collectionName';

interface Entry {
  key: string;
  globalCollection: string | null;
}

/**
 * Enabled post-action workflows by key, and the global ones by collection, so that a request
 * costs the same whether one workflow is enabled or a thousand on other collections.
 * Holds ids only: the workflows themselves are the plugin's cached instances, which are always current.
 */
export class WorkflowIndex {
  private readonly entries = new Map<number, Entry>();
  private readonly idsByKey = new Map<string, number>();
  private readonly globals = new Map<string, Set<number>>();

  constructor(private readonly cache: ReadonlyMap<number, WorkflowModel>) {}

  add(workflow: WorkflowModel): void {
    this.remove(workflow.id);
    const id = Number(workflow.id);
    const { collection, global } = workflow.config ?? {};
    const globalCollection = global ? normalizeCollectionName(collection) : null;
    this.entries.set(id, { key: workflow.key, globalCollection });
    this.idsByKey.set(workflow.key, id);
    if (globalCollection) {
      const ids = this.globals.get(globalCollection) ?? new Set();
      this.globals.set(globalCollection, ids.add(id));
    }
  }

  remove(workflowId: WorkflowModel['id']): void {
    const id = Number(workflowId);
    const entry = this.entries.get(id);
    if (!entry) {
      return;
    }
    this.entries.delete(id);
    if (this.idsByKey.get(entry.key) === id) {
      this.idsByKey.delete(entry.key);
    }
    if (entry.globalCollection) {
      const ids = this.globals.get(entry.globalCollection);
      ids?.delete(id);
      if (!ids?.size) {
        this.globals.delete(entry.globalCollection);
      }
    }
  }

  findByKey(key: string): WorkflowModel | undefined {
    const id = this.idsByKey.get(key);
    return id === undefined ? undefined : this.cache.get(id);
  }

  /**
   * In the order in which the workflows were made.
   * @param collection `name` or `dataSource:name`
   */
  findGlobals(collection: string): WorkflowModel[] {
    const ids = this.globals.get(collection);
    return ids ? [...ids].sort((a, b) => a - b).flatMap((id) => this.cache.get(id) ?? []) : [];
  }
}
