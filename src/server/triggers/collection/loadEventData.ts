import type { DataSourceManager } from '@nocobase/data-source-manager';
import type { Model } from '@nocobase/database';
import { isValidFilter } from '@nocobase/utils';
import type { Transaction } from 'sequelize';
import type { WorkflowModel } from '../../contract';
import { toJSON } from '../../expressions/toJSON';
import { getAppends, getRecordKey, isRecordKey, type SqlCollection } from '../shared/collections';

export interface EventDataRequest {
  /** a record, plain or not, or the key of one */
  data: unknown;
  config: WorkflowModel['config'];
  /** the record is gone: there is nothing to compare or to load any more */
  destroyed: boolean;
  manager: DataSourceManager;
  /** who writes, for conditions that speak of it */
  context?: unknown;
  transaction?: Transaction;
}

/**
 * The record as the workflow gets to see it, with the configured associations.
 * @returns null when the record does not exist or does not meet the configured condition
 */
export async function loadEventData(
  { collection, repository }: SqlCollection,
  { data, config, destroyed, manager, context, transaction }: EventDataRequest,
): Promise<unknown> {
  const isRecord = typeof data === 'object' && data !== null;
  const conditional = !destroyed && isValidFilter(config.condition);
  const appends = destroyed ? [] : getAppends(config.collection, config.appends, manager);
  if (isRecord && !conditional && !appends.length) {
    return toJSON(data);
  }
  const key = isRecord ? getRecordKey(data as Model, collection) : data;
  if (!isRecordKey(key, collection)) {
    return null;
  }
  const filterByTk = key as number;
  if (conditional) {
    const matching = await repository.count({ filterByTk, filter: config.condition, context, transaction });
    if (!matching) {
      return null;
    }
  }
  if (isRecord && !appends.length) {
    return toJSON(data);
  }
  const record = await repository.findOne({ filterByTk, appends, context, transaction });
  return record ? toJSON(record) : null;
}
