import Joi from 'joi';
import type { ICollection } from '@nocobase/data-source-manager';
import { Trigger, type EventOptions, type Id, type WorkflowModel } from '../../contract';
import { parseCollectionPath, validateCollectionField } from '../../expressions/collectionField';
import { isPlainObject, readOwn } from '../../expressions/ownMembers';
import { toJSON } from '../../expressions/toJSON';
import { isPlainKey } from '../shared/collections';
import { toPublicUser } from './actor';
import { findUnknownAssociation } from './associations';
import { pathsToLoad, reloadRows } from './rows';
import { WorkflowIndex } from './WorkflowIndex';

const USER_KEY = /^\d{1,18}$/;

/** `workflow.config` of this type, once validated. */
export interface ActionConfig {
  /** `name` or `dataSource:name` */
  collection: string;
  /** paths of associations to preload */
  appends?: string[] | null;
  /** true = after every action of the chosen kinds; otherwise where a request names the workflow */
  global?: boolean | null;
  /** kinds of a global workflow; without any it never runs */
  actions?: string[] | null;
}

/** Input of a manual execution. */
export interface ActionTriggerValues {
  /** a record, or the key of one */
  data: Record<string, unknown> | Id;
  /** key of the user on whose behalf it runs, or a record with the key as `id` */
  userId: Id | { id: Id };
  /** @default the first role of the user */
  roleName?: string;
}

/**
 * Post-action event: starts workflows after a person's create or update action has succeeded.
 * Local workflows run where a request names their key, global ones after every action of the chosen kinds.
 */
export class ActionTrigger extends Trigger {
  readonly index = new WorkflowIndex(this.workflow.enabledCache);

  override configSchema = Joi.object({
    collection: Joi.string().required(),
    appends: Joi.array().items(Joi.string()).allow(null),
    global: Joi.boolean().allow(null),
    actions: Joi.array().items(Joi.string()).allow(null),
  });

  override on(workflow: WorkflowModel): void {
    this.index.add(workflow);
  }

  override off(workflow: WorkflowModel): void {
    this.index.remove(workflow.id);
  }

  override validateConfig(config: Record<string, unknown>): Record<string, string> | null {
    return (
      super.validateConfig(config) ??
      validateCollectionField(String(config.collection), this.workflow.app.dataSourceManager) ??
      this.validateAppends(config as unknown as ActionConfig)
    );
  }

  override validateContext(values: Partial<ActionTriggerValues> | null): Record<string, string> | null {
    const errors: Record<string, string> = {};
    if (!values?.data) {
      errors.data = 'Data is required';
    }
    if (!values?.userId) {
      errors.userId = 'UserId is required';
    }
    return Object.keys(errors).length ? errors : null;
  }

  /** @throws Error when the user or the record does not exist */
  override async execute(workflow: WorkflowModel, values: ActionTriggerValues, options: EventOptions) {
    const filterByTk = typeof values.userId === 'object' ? values.userId?.id : values.userId;
    const users = this.workflow.app.db.getCollection('users');
    const isKey = isPlainKey(filterByTk) && USER_KEY.test(String(filterByTk));
    const record = isKey && (await users.repository.findOne({ filterByTk, appends: ['roles'] }));
    if (!record) {
      throw new Error('user not found');
    }
    const data = await this.loadData(workflow, values.data);
    const user = toPublicUser(record, users);
    const roleName = values.roleName || record.get('roles')?.[0]?.name;
    return this.workflow.trigger(workflow, { data, user, roleName }, options);
  }

  private async loadData({ config }: WorkflowModel, data: ActionTriggerValues['data']): Promise<unknown> {
    const { collection } = this.findCollection(config.collection);
    const appends: string[] = Array.isArray(config.appends) ? config.appends : [];
    if (isPlainObject(data) && !appends.length) {
      return data;
    }
    const row = isPlainObject(data) ? data : { [String(collection.filterTargetKey)]: data };
    if (![collection.filterTargetKey].flat().every((name) => isPlainKey(readOwn(row, String(name))))) {
      throw new Error('data not found');
    }
    const [record] = await reloadRows(collection, [row], { appends: pathsToLoad([], appends) });
    if (!record) {
      throw new Error('data not found');
    }
    return toJSON(record);
  }

  private validateAppends({ collection: path, appends }: ActionConfig): Record<string, string> | null {
    const { collection, find } = this.findCollection(path);
    for (const [i, append] of (appends ?? []).entries()) {
      const unknown = findUnknownAssociation(collection, append.split('.'), find);
      if (unknown) {
        const owner = unknown.collection.options.name;
        const message = `association "${unknown.name}" does not exist in collection "${owner}"`;
        return { [`appends.${i}`]: `"appends[${i}]": ${message}` };
      }
    }
    return null;
  }

  private findCollection(path: string): { collection: ICollection; find: (name: string) => ICollection | undefined } {
    const { dataSourceName, collectionName } = parseCollectionPath(path) ?? {};
    const manager = dataSourceName && this.workflow.app.dataSourceManager.get(dataSourceName)?.collectionManager;
    const collection = manager && collectionName ? manager.getCollection(collectionName) : undefined;
    if (!manager || !collection) {
      throw new Error(`Collection "${path}" does not exist`);
    }
    return { collection, find: (name) => manager.getCollection(name) };
  }
}
