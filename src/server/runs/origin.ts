import type { DataSourceManager } from '@nocobase/data-source-manager';
import type { Id, RunRequest } from '../contract';
import { parseCollectionPath } from '../expressions/collectionField';

/** Where an execution comes from, for lists and searches; nothing is decided by it. */
export interface RunOrigin {
  /** type of the trigger, or `manual`, or `replay` */
  source: string;
  /** who acted, when a person did */
  userId: Id | null;
  /** key of the record that the event was about */
  recordKey: string | null;
}

/** What the column holds. */
const MAX_KEY_LENGTH = 255;
const USER_ID = /^\d{1,18}$/;

/** Reads it from the event; a few look-ups in memory, because it is asked for every run. */
export function originOf(request: RunRequest, manager: DataSourceManager): RunOrigin {
  const { workflow, context, manually, origin } = request;
  return {
    source: origin?.source ?? (manually ? 'manual' : workflow.type),
    userId: toUserId(origin?.userId) ?? toUserId(context?.user?.id),
    recordKey: recordKeyOf(workflow.config?.collection, context?.data, manager),
  };
}

function toUserId(value: unknown): Id | null {
  return (typeof value === 'number' || typeof value === 'string') && USER_ID.test(String(value)) ? value : null;
}

function recordKeyOf(path: unknown, data: unknown, manager: DataSourceManager): string | null {
  if (typeof path !== 'string' || typeof data !== 'object' || data === null) {
    return null;
  }
  const { dataSourceName, collectionName } = parseCollectionPath(path) ?? {};
  const source = dataSourceName ? manager.dataSources.get(dataSourceName) : undefined;
  const key = collectionName ? source?.collectionManager.getCollection(collectionName)?.filterTargetKey : undefined;
  const parts = [key ?? []].flat().map((name) => (data as Record<string, unknown>)[name]);
  const isWhole = parts.length > 0 && parts.every((part) => ['string', 'number', 'bigint'].includes(typeof part));
  return isWhole ? parts.join(',').slice(0, MAX_KEY_LENGTH) : null;
}
