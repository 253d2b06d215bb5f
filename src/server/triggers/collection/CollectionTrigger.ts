import type { Database, Model } from '@nocobase/database';
import { COLLECTION_MODE } from '../../../common/constants';
import { Trigger, type EventOptions, type WorkflowModel, type WorkflowPlugin } from '../../contract';
import { parseCollectionPath, validateCollectionField } from '../../expressions/collectionField';
import { validateFieldPaths, type FieldPathsPart } from '../../expressions/fieldPaths';
import { findSqlCollection, getDatabase, onDataSourceAdded } from '../shared/collections';
import { collectionConfigSchema } from './configSchema';
import { loadEventData } from './loadEventData';
import { WriteHandler, type Write, type WriteOptions } from './WriteHandler';

/** Events of repositories and models, by the bit of the configured mode. */
const EVENTS = [
  { mode: COLLECTION_MODE.CREATE, name: 'afterCreateWithAssociations' },
  { mode: COLLECTION_MODE.UPDATE, name: 'afterUpdateWithAssociations' },
  { mode: COLLECTION_MODE.DESTROY, name: 'afterDestroy' },
] as const;

interface Listener {
  db: Database;
  event: string;
  call(record: Model, options: WriteOptions): Promise<void>;
}

interface Attached {
  /** the latest instance: a listener outlives changes that do not concern it */
  workflow: WorkflowModel;
  /** by event */
  listeners: Map<string, Listener>;
}

/** Starts workflows when records of a collection are created, updated or deleted through repositories. */
export class CollectionTrigger extends Trigger {
  override configSchema = collectionConfigSchema;

  private readonly handler = new WriteHandler(this.workflow);
  private readonly attached = new Map<string, Attached>();

  constructor(plugin: WorkflowPlugin) {
    super(plugin);
    onDataSourceAdded(
      plugin,
      ({ type }) => plugin.triggers.get(type) === this,
      (workflow) => this.on(workflow),
    );
  }

  override on(workflow: WorkflowModel): void {
    const id = String(workflow.id);
    const attached = this.attached.get(id) ?? { workflow, listeners: new Map<string, Listener>() };
    this.attached.set(id, attached);
    attached.workflow = workflow;
    const wanted = this.getWantedListeners(attached);
    for (const [event, listener] of attached.listeners) {
      if (wanted.get(event)?.db === listener.db) {
        wanted.delete(event);
      } else {
        detach(listener);
        attached.listeners.delete(event);
      }
    }
    for (const [event, listener] of wanted) {
      listener.db.on(event, listener.call);
      attached.listeners.set(event, listener);
    }
  }

  override off({ id }: WorkflowModel): void {
    this.attached.get(String(id))?.listeners.forEach(detach);
    this.attached.delete(String(id));
  }

  override validateConfig(config: WorkflowModel['config']): Record<string, string> | null {
    const { dataSourceManager } = this.workflow.app;
    const parts: FieldPathsPart[] = [
      { at: 'changed', kind: 'fields', value: config.changed },
      { at: 'appends', kind: 'appends', value: config.appends },
      { at: 'condition', kind: 'filter', value: config.condition },
    ];
    return (
      super.validateConfig(config) ??
      validateCollectionField(config.collection, dataSourceManager) ??
      validateFieldPaths(config.collection, parts, dataSourceManager)
    );
  }

  override validateContext(values: { data?: unknown } | null): Record<string, string> | null {
    return values?.data ? null : { data: 'Data is required' };
  }

  /** Runs a workflow on a record, or on the one with the given key; null when it does not meet the configured condition. */
  override async execute(workflow: WorkflowModel, values: { data?: unknown } | null, options: EventOptions) {
    const { config } = workflow;
    const manager = this.workflow.app.dataSourceManager;
    const source = findSqlCollection(config.collection, manager);
    const data =
      source &&
      (await loadEventData(source, {
        data: values?.data,
        config,
        destroyed: Number(config.mode) === COLLECTION_MODE.DESTROY,
        manager,
        context: options.context,
        transaction: await this.workflow.useDataSourceTransaction(source.dataSourceName, options.transaction),
      }));
    return data ? this.workflow.trigger(workflow, { data }, { ...options, stack: options.stack ?? options.context?.stack }) : null;
  }

  private getWantedListeners(attached: Attached): Map<string, Listener> {
    const { id, config } = attached.workflow;
    const { dataSourceName, collectionName } = parseCollectionPath(config?.collection) ?? {};
    const db = dataSourceName && getDatabase(this.workflow.app.dataSourceManager.dataSources.get(dataSourceName));
    const wanted = new Map<string, Listener>();
    if (!db || !collectionName || !db.hasCollection(collectionName)) {
      this.workflow.getLogger(id).warn(`collection "${config?.collection}" of workflow ${id} does not exist`);
    }
    if (!db) {
      return wanted;
    }
    const listen = (name: string, mode: Write['mode'], concerns: (options: WriteOptions) => boolean = () => true) => {
      const event = `${collectionName}.${name}`;
      const call = async (record: Model, options: WriteOptions = {}) =>
        concerns(options) ? this.handler.handle(attached.workflow, { mode, record, options }) : undefined;
      wanted.set(event, { db, event, call });
    };
    for (const { mode, name } of EVENTS) {
      if (Number(config.mode) & mode) {
        listen(name, mode);
      }
    }
    if (config.nested === true && Number(config.mode) & COLLECTION_MODE.CREATE) {
      listen('afterCreate', COLLECTION_MODE.CREATE, ({ inputValues }) => inputValues !== undefined);
    }
    return wanted;
  }
}

function detach({ db, event, call }: Listener): void {
  db.off(event, call);
}
