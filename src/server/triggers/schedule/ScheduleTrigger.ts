import { isTransient } from '@nocobase/server';
import type { Model } from '@nocobase/database';
import type { Transactionable } from 'sequelize';
import { SCHEDULE_MODE } from '../../../common/constants';
import { Trigger, type EventOptions, type WorkflowModel, type WorkflowPlugin } from '../../contract';
import { validateCollectionField } from '../../expressions/collectionField';
import { validateFieldPaths, type FieldPathsPart } from '../../expressions/fieldPaths';
import { toJSON } from '../../expressions/toJSON';
import { findSqlCollection, getAppends, getRecordKey, isRecordKey, onDataSourceAdded } from '../shared/collections';
import { SerialQueue } from '../shared/SerialQueue';
import { parseConfig, type DateFieldConfig } from './config';
import { scheduleConfigSchema } from './configSchema';
import { DateFieldSchedule } from './DateFieldSchedule';
import { OccurrenceLog } from './OccurrenceLog';
import type { ScheduleParts } from './scheduleParts';
import { StaticSchedule } from './StaticSchedule';

/** Input of a manual execution. */
interface ScheduleValues {
  /** a record or its key, in date-field mode */
  data?: unknown;
  /** @default now */
  date?: unknown;
  [key: string]: unknown;
}

/** Starts workflows at set times, or at times that the records of a collection carry. Always asynchronous. */
export class ScheduleTrigger extends Trigger {
  override sync = false;
  override configSchema = scheduleConfigSchema;

  private readonly queue = new SerialQueue();
  private readonly staticSchedule: StaticSchedule;
  private readonly dateFieldSchedule: DateFieldSchedule;

  constructor(plugin: WorkflowPlugin) {
    super(plugin);
    const log = new OccurrenceLog(plugin);
    const parts: ScheduleParts = { plugin, log, queue: this.queue };
    this.staticSchedule = new StaticSchedule(parts);
    this.dateFieldSchedule = new DateFieldSchedule(parts);
    plugin.db.on('workflows.afterDestroy', ({ key }: WorkflowModel, options?: Transactionable) => log.forget(key, options));
    onDataSourceAdded(
      plugin,
      ({ type, config }) => plugin.triggers.get(type) === this && parseConfig(config)?.mode === SCHEDULE_MODE.DATE_FIELD,
      (workflow) => this.on(workflow),
    );
    plugin.app.on('beforeStop', async () => {
      this.staticSchedule.stop();
      this.dateFieldSchedule.stop();
      await this.queue.drain();
    });
  }

  override on(workflow: WorkflowModel): void {
    const config = parseConfig(workflow.config);
    if (!config || isTransient()) {
      this.off(workflow);
    } else if (config.mode === SCHEDULE_MODE.STATIC) {
      this.dateFieldSchedule.off(workflow);
      this.staticSchedule.on(workflow, config);
    } else {
      this.staticSchedule.off(workflow);
      this.dateFieldSchedule.on(workflow, config);
    }
  }

  override off(workflow: WorkflowModel): void {
    this.staticSchedule.off(workflow);
    this.dateFieldSchedule.off(workflow);
  }

  override validateConfig(config: WorkflowModel['config']): Record<string, string> | null {
    const problems = super.validateConfig(config);
    if (problems || Number(config.mode) !== SCHEDULE_MODE.DATE_FIELD || !config.collection) {
      return problems;
    }
    const { dataSourceManager } = this.workflow.app;
    const parts: FieldPathsPart[] = [
      { at: 'startsOn.field', kind: 'fields', value: [config.startsOn?.field] },
      { at: 'endsOn.field', kind: 'fields', value: [config.endsOn?.field] },
      { at: 'appends', kind: 'appends', value: config.appends },
    ];
    return (
      validateCollectionField(config.collection, dataSourceManager) ??
      validateFieldPaths(config.collection, parts, dataSourceManager)
    );
  }

  override validateContext(values: ScheduleValues | null, workflow?: WorkflowModel): Record<string, string> | null {
    const config = parseConfig(workflow?.config);
    if (!config) {
      return { mode: 'Mode in invalid' };
    }
    return config.mode === SCHEDULE_MODE.DATE_FIELD && !values?.data ? { data: 'Data is required' } : null;
  }

  override async execute(workflow: WorkflowModel, values: ScheduleValues | null, options: EventOptions) {
    const config = parseConfig(workflow.config);
    if (!config) {
      return undefined;
    }
    const context: Record<string, unknown> = { ...values, date: values?.date ?? new Date() };
    if (config.mode === SCHEDULE_MODE.DATE_FIELD) {
      context.data = await this.loadRecord(config, values?.data, options);
      if (!context.data) {
        return null;
      }
    }
    return this.workflow.trigger(workflow, context, options);
  }

  /** The given record, loaded when only its key is known or associations are wanted; null when there is none. */
  private async loadRecord(config: DateFieldConfig, data: unknown, { transaction }: EventOptions): Promise<unknown> {
    const manager = this.workflow.app.dataSourceManager;
    const appends = getAppends(config.collection, config.appends, manager);
    const isRecord = typeof data === 'object' && data !== null;
    const source = findSqlCollection(config.collection, manager);
    if (isRecord && (!appends.length || !source)) {
      return toJSON(data);
    }
    const key = source && isRecord ? getRecordKey(data as Model, source.collection) : data;
    if (!source || !isRecordKey(key, source.collection)) {
      return null;
    }
    const record = await source.repository.findOne({
      filterByTk: key as number,
      appends,
      transaction: await this.workflow.useDataSourceTransaction(source.dataSourceName, transaction),
    });
    return record ? toJSON(record) : null;
  }
}
