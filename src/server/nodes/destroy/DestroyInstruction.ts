import Joi from 'joi';
import { JOB_STATUS } from '../../../common/status';
import type { FlowNodeModel, IJob, InstructionRunOptions, JobModel, ProcessorContract } from '../../contract';
import type { FieldPathsPart } from '../../expressions/fieldPaths';
import { CollectionInstruction, createEventContext, kindOfWrite } from '../shared/CollectionInstruction';
import { assertParams, resolveParams, resolveWriteSelection } from '../shared/params';
import { collectionSchema, keySchema } from '../shared/schemas';

/** Deletes the records that a filter selects; the result is their number, null without a filter. */
export class DestroyInstruction extends CollectionInstruction {
  override readsPlainJobs = true;
  override kind = kindOfWrite;

  override configSchema = Joi.object({
    collection: collectionSchema,
    params: Joi.object({ filter: Joi.object(), filterByTk: keySchema }),
  });

  async run(
    node: FlowNodeModel,
    _input: JobModel | undefined,
    processor: ProcessorContract,
    options?: InstructionRunOptions,
  ): Promise<IJob> {
    const { repository } = this.getCollection(node);
    const scope = processor.getScope(node.id);
    const params = assertParams(node.config.params);
    const selection = resolveWriteSelection(params, scope);
    if (!selection) {
      return { status: JOB_STATUS.RESOLVED, result: null };
    }
    const result = await repository.destroy({
      // `truncate` empties the table whatever the filter says
      ...resolveParams(params, scope, ['filter', 'filterByTk', 'truncate']),
      ...selection,
      context: createEventContext(processor),
      transaction: await this.getTransaction(node, processor, options),
    });
    return { status: JOB_STATUS.RESOLVED, result: result ?? null };
  }

  protected fieldParts({ filter }: Record<string, unknown>): FieldPathsPart[] {
    return [{ at: 'params.filter', kind: 'filter', value: filter }];
  }
}
