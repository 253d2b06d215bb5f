import Joi from 'joi';
import { JOB_STATUS } from '../../../common/status';
import type { FlowNodeModel, IJob, InstructionRunOptions, JobModel, ProcessorContract } from '../../contract';
import type { FieldPathsPart } from '../../expressions/fieldPaths';
import { createMissingFilterError } from '../../expressions/filterSafety';
import { CollectionInstruction, createEventContext, kindOfWrite } from '../shared/CollectionInstruction';
import { assertParams, resolveParams, resolveWriteSelection } from '../shared/params';
import { booleanSchema, collectionSchema, keySchema } from '../shared/schemas';
import { updateByKey } from './updateByKey';

/** Updates the records that a filter selects; the result is their number. */
export class UpdateInstruction extends CollectionInstruction {
  override readsPlainJobs = true;
  override kind = kindOfWrite;

  override configSchema = Joi.object({
    collection: collectionSchema,
    usingAssignFormSchema: booleanSchema,
    assignFormSchema: Joi.object().allow(null),
    params: Joi.object({
      filter: Joi.object(),
      filterByTk: keySchema,
      values: Joi.object(),
      individualHooks: booleanSchema,
      forceUpdate: booleanSchema,
    }),
  });

  async run(
    node: FlowNodeModel,
    _input: JobModel | undefined,
    processor: ProcessorContract,
    options?: InstructionRunOptions,
  ): Promise<IJob> {
    const collection = this.getCollection(node);
    const scope = processor.getScope(node.id);
    const params = assertParams(node.config.params);
    const selection = resolveWriteSelection(params, scope);
    if (!selection && params.forceUpdate !== true) {
      throw createMissingFilterError();
    }
    const update = {
      ...resolveParams(params, scope, ['filter', 'filterByTk']),
      ...selection,
      context: createEventContext(processor),
      transaction: await this.getTransaction(node, processor, options),
    };
    const result = (await updateByKey(collection, update)) ?? (await collection.repository.update(update));
    return { status: JOB_STATUS.RESOLVED, result: Array.isArray(result) ? result.length : result };
  }

  protected fieldParts({ filter, values }: Record<string, unknown>): FieldPathsPart[] {
    return [
      { at: 'params.filter', kind: 'filter', value: filter },
      { at: 'params.values', kind: 'values', value: values },
    ];
  }
}
