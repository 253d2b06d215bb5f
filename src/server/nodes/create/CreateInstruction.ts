import Joi from 'joi';
import { JOB_STATUS } from '../../../common/status';
import type { FlowNodeModel, IJob, InstructionRunOptions, JobModel, ProcessorContract } from '../../contract';
import type { FieldPathsPart } from '../../expressions/fieldPaths';
import { readOwn } from '../../expressions/ownMembers';
import { toJSON } from '../../expressions/toJSON';
import {
  CollectionInstruction,
  createEventContext,
  expandAppends,
  kindOfWrite,
  type TargetCollection,
} from '../shared/CollectionInstruction';
import { assertParams, resolveParams } from '../shared/params';
import { booleanSchema, collectionSchema } from '../shared/schemas';

/** Options that find a record again; undefined when the collection has no key to do it by. */
function optionsToFind(record: unknown, { filterTargetKey }: TargetCollection): { filterByTk: unknown } | undefined {
  if (Array.isArray(filterTargetKey)) {
    return { filterByTk: Object.fromEntries(filterTargetKey.map((name) => [name, readOwn(record, name)])) };
  }
  const filterByTk = filterTargetKey ? readOwn(record, filterTargetKey) : undefined;
  return filterByTk == null ? undefined : { filterByTk };
}

/** Creates a record; its data are the node's result, with the associations asked for. */
export class CreateInstruction extends CollectionInstruction {
  override readsPlainJobs = true;
  override kind = kindOfWrite;

  override configSchema = Joi.object({
    collection: collectionSchema,
    usingAssignFormSchema: booleanSchema,
    assignFormSchema: Joi.object().allow(null),
    params: Joi.object({
      values: Joi.object(),
      appends: Joi.array().items(Joi.string()),
    }),
  });

  async run(
    node: FlowNodeModel,
    _input: JobModel | undefined,
    processor: ProcessorContract,
    options?: InstructionRunOptions,
  ): Promise<IJob> {
    const collection = this.getCollection(node);
    const { repository } = collection;
    const { appends, ...params } = resolveParams(
      assertParams(node.config.params),
      processor.getScope(node.id),
      [],
    );
    const transaction = await this.getTransaction(node, processor, options);
    const created = await repository.create({ ...params, context: createEventContext(processor), transaction });
    const paths = expandAppends(appends);
    if (paths.length === 0) {
      return { status: JOB_STATUS.RESOLVED, result: toJSON(created) };
    }
    const reread = async (record: unknown): Promise<unknown> => {
      const found = optionsToFind(record, collection);
      return found ? repository.findOne({ ...found, appends: paths, transaction }) : record;
    };
    if (!Array.isArray(created)) {
      return { status: JOB_STATUS.RESOLVED, result: toJSON(await reread(created)) };
    }
    const records: unknown[] = [];
    for (const record of created) {
      records.push(await reread(record));
    }
    return { status: JOB_STATUS.RESOLVED, result: toJSON(records) };
  }

  protected fieldParts({ values, appends }: Record<string, unknown>): FieldPathsPart[] {
    return [
      { at: 'params.values', kind: 'values', value: values },
      { at: 'params.appends', kind: 'appends', value: appends },
    ];
  }
}
