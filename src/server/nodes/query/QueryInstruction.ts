import Joi from 'joi';
import { JOB_STATUS } from '../../../common/status';
import type { FlowNodeModel, IJob, InstructionRunOptions, JobModel, ProcessorContract } from '../../contract';
import type { FieldPathsPart } from '../../expressions/fieldPaths';
import { toJSON } from '../../expressions/toJSON';
import { CollectionInstruction, expandAppends } from '../shared/CollectionInstruction';
import { assertParams, resolveParams, resolveSelection } from '../shared/params';
import { booleanSchema, collectionSchema, keySchema } from '../shared/schemas';

/** A number, or a text that holds one or will: a variable. */
const countSchema = Joi.alternatives(Joi.number().integer().min(1), Joi.string().pattern(/{{/, 'variable')).allow('', null);

const DEFAULT_PAGE = 1;
const DEFAULT_PAGE_SIZE = 20;

function toSort(sort: unknown): string[] {
  const entries = Array.isArray(sort) ? (sort as Array<{ field?: string; direction?: string } | null>) : [];
  return entries
    .filter((entry) => entry?.field)
    .map((entry) => (entry?.direction?.toLowerCase() === 'desc' ? `-${entry.field}` : `${entry?.field}`));
}

function toCount(value: unknown, name: string, defaultCount: number): number {
  if (value == null || value === '') {
    return defaultCount;
  }
  const count = Number(value);
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new Error(`"params.${name}" must be a whole number of at least 1`);
  }
  return count;
}

/** Reads one record or a page of records. */
export class QueryInstruction extends CollectionInstruction {
  override readsPlainJobs = true;
  override kind = 'pure' as const;

  override configSchema = Joi.object({
    collection: collectionSchema,
    multiple: booleanSchema,
    failOnEmpty: booleanSchema,
    params: Joi.object({
      filter: Joi.object(),
      filterByTk: keySchema,
      appends: Joi.array().items(Joi.string()),
      fields: Joi.array().items(Joi.string()),
      except: Joi.array().items(Joi.string()),
      page: countSchema,
      pageSize: countSchema,
      sort: Joi.array().items(
        Joi.object({
          field: Joi.string().allow('', null),
          direction: Joi.string().pattern(/^(asc|desc)$|{{/i, 'asc or desc').allow('', null),
        }),
      ),
    }),
  });

  async run(
    node: FlowNodeModel,
    _input: JobModel | undefined,
    processor: ProcessorContract,
    options?: InstructionRunOptions,
  ): Promise<IJob> {
    const { multiple = false, failOnEmpty = false } = node.config;
    const { repository } = this.getCollection(node);
    const scope = processor.getScope(node.id);
    const params = assertParams(node.config.params);
    const { keyMissing, ...selection } = resolveSelection(params, scope);
    const { page, pageSize, sort, appends, ...rest } = resolveParams(params, scope, ['filter', 'filterByTk']);
    const limit = toCount(pageSize, 'pageSize', DEFAULT_PAGE_SIZE);
    const query = {
      ...rest,
      ...selection,
      sort: toSort(sort),
      appends: expandAppends(appends),
      offset: (toCount(page, 'page', DEFAULT_PAGE) - 1) * limit,
      limit,
      transaction: await this.getTransaction(node, processor, options),
    };
    const result: unknown = keyMissing
      ? multiple
        ? []
        : null
      : toJSON(await (multiple ? repository.find(query) : repository.findOne(query)));
    const isEmpty = Array.isArray(result) ? result.length === 0 : result == null;
    return { status: failOnEmpty && isEmpty ? JOB_STATUS.FAILED : JOB_STATUS.RESOLVED, result: result ?? null };
  }

  protected fieldParts({ filter, appends, fields, except, sort }: Record<string, unknown>): FieldPathsPart[] {
    return [
      { at: 'params.filter', kind: 'filter', value: filter },
      { at: 'params.appends', kind: 'appends', value: appends },
      { at: 'params.fields', kind: 'fields', value: fields },
      { at: 'params.except', kind: 'fields', value: except },
      { at: 'params.sort', kind: 'sort', value: sort },
    ];
  }
}
