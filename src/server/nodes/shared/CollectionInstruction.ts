import { Instruction, type FlowNodeModel, type InstructionKind, type InstructionRunOptions, type ProcessorContract } from '../../contract';
import { parseCollectionPath, validateCollectionField } from '../../expressions/collectionField';
import { validateFieldPaths, type FieldPathsPart } from '../../expressions/fieldPaths';
import type { Transaction } from 'sequelize';

/** The part of a collection that the nodes use; every kind of data source has it. */
export interface TargetCollection {
  filterTargetKey?: string | string[];
  repository: TargetRepository;
}

interface TargetRepository {
  find(options: object): Promise<unknown[]>;
  findOne(options: object): Promise<unknown>;
  create(options: object): Promise<unknown>;
  update(options: object): Promise<unknown>;
  destroy(options: object): Promise<unknown>;
}

/** Kind of nodes that write: one commit with their job on the main data source, an outside effect anywhere else. */
export function kindOfWrite(node: FlowNodeModel): InstructionKind {
  return parseCollectionPath(node.config?.collection)?.dataSourceName === 'main' ? 'database' : 'effect';
}

/** Base of the nodes that work on the collection named by `config.collection`. */
export abstract class CollectionInstruction extends Instruction {
  /** Where the config names fields. */
  protected abstract fieldParts(params: Record<string, unknown>): FieldPathsPart[];

  override validateConfig(config: Record<string, unknown>): Record<string, string> | null {
    const { dataSourceManager } = this.workflow.app;
    const { collection, params = {} } = config as { collection: string; params?: Record<string, unknown> };
    return (
      super.validateConfig(config) ??
      validateCollectionField(collection, dataSourceManager) ??
      validateFieldPaths(collection, this.fieldParts(params), dataSourceManager)
    );
  }

  /** @throws Error when the data source or the collection does not exist */
  protected getCollection(node: FlowNodeModel): TargetCollection {
    const { dataSourceName, collectionName } = this.getPath(node);
    const dataSource = this.workflow.app.dataSourceManager.dataSources.get(dataSourceName);
    if (!dataSource) {
      throw new Error(`Data source ${dataSourceName} not found`);
    }
    const collection = dataSource.collectionManager.getCollection(collectionName);
    if (!collection) {
      throw new Error(`Collection ${collectionName} not found in data source ${dataSourceName}`);
    }
    return collection;
  }

  /** Transaction of the step, of the enclosing scope, or of the trigger, whichever belongs to the node's data source. */
  protected async getTransaction(
    node: FlowNodeModel,
    processor: ProcessorContract,
    options?: InstructionRunOptions,
  ): Promise<Transaction | undefined> {
    const { dataSourceName } = this.getPath(node);
    return (
      options?.transaction ??
      processor.getScopeTransaction(node, dataSourceName) ??
      (await this.workflow.useDataSourceTransaction(dataSourceName, processor.transaction))
    );
  }

  private getPath(node: FlowNodeModel) {
    const path = parseCollectionPath(node.config?.collection);
    if (!path) {
      throw new Error('Collection is not configured');
    }
    return path;
  }
}

/** What the database events of a write carry, so that the loop guard knows the chain they belong to. */
export function createEventContext({ execution }: ProcessorContract): { stack: unknown[] } {
  return { stack: [...new Set([...(execution.stack ?? []), execution.id])] };
}

/** Association paths together with the paths that lead to them: `a.b` → `a`, `a.b`. */
export function expandAppends(appends: unknown): string[] {
  const paths = new Set<string>();
  for (const append of Array.isArray(appends) ? appends : []) {
    const names = String(append).split('.');
    names.forEach((_, index) => paths.add(names.slice(0, index + 1).join('.')));
  }
  return [...paths];
}
