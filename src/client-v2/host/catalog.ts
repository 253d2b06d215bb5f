import type { EngineCollection, EngineDataSourceManager, EngineField } from '@nocobase/flow-engine';
import type { CollectionCatalog, CollectionField, CollectionInfo, DataSourceInfo } from '../../client/port/HostPort';
import { parseCollectionName } from '../collections/names';

function fieldInfo(field: EngineField): CollectionField {
  const { options } = field;
  const choices = Array.isArray(options.uiSchema?.enum) ? field.enum : undefined;
  return {
    name: field.name,
    title: field.title,
    type: field.type,
    interface: field.interface,
    target: field.target,
    foreignKey: field.foreignKey,
    isForeignKey: options.isForeignKey,
    hidden: options.hidden,
    required: options.uiSchema?.required,
    ...(choices?.length && { choices }),
  };
}

function collectionInfo(collection: EngineCollection): CollectionInfo {
  const { filterTargetKey } = collection;
  return {
    dataSource: collection.dataSourceKey,
    name: collection.name,
    title: collection.title,
    titleField: collection.options.titleField,
    primaryKey: (Array.isArray(filterTargetKey) ? filterTargetKey[0] : filterTargetKey) ?? 'id',
    fields: collection.getFields().map(fieldInfo),
  };
}

/** A collection of every application, whatever else it has. */
const ALWAYS_THERE = 'users';
const LOOK_EVERY_MS = 50;
const PATIENCE_MS = 10_000;

/** The data model as the host's flow engine holds it in either client. */
export class EngineCatalog implements CollectionCatalog {
  private known = new Map<string, CollectionInfo | undefined>();
  private sources: readonly DataSourceInfo[] | undefined;

  /** @param manager is asked for at every use: the host makes it while it starts */
  constructor(
    private readonly manager: () => EngineDataSourceManager | undefined,
    private readonly compile: (text: unknown) => string,
  ) {}

  /** Whether the host has loaded the model. The v1 client does so while it shows its first page. */
  get isLoaded(): boolean {
    return this.manager()?.getDataSource('main')?.getCollection(ALWAYS_THERE) !== undefined;
  }

  /** Resolves when the model is there, or when it has not come for so long that pages do better without it. */
  async whenLoaded(): Promise<void> {
    for (const start = Date.now(); !this.isLoaded && Date.now() - start < PATIENCE_MS; ) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  /** Reads the model again at the next use; it changes only on other pages. */
  forget(): void {
    this.known = new Map();
    this.sources = undefined;
  }

  dataSources(): readonly DataSourceInfo[] {
    return (this.sources ??= (this.manager()?.getDataSources() ?? []).map((source) => ({
      key: source.key,
      title: this.compile(source.displayName ?? source.key),
      collections: source
        .getCollections()
        .filter(({ hidden }) => !hidden)
        .map(collectionInfo),
    })));
  }

  find(name: string): CollectionInfo | undefined {
    if (!this.known.has(name)) {
      const [dataSource, collection] = parseCollectionName(name);
      const found = this.manager()?.getDataSource(dataSource)?.getCollection(collection);
      this.known.set(name, found && collectionInfo(found));
    }
    return this.known.get(name);
  }
}
