import Joi from 'joi';
import { BRANCH_INDEX } from '../../../common/constants';
import { JOB_STATUS } from '../../../common/status';
import {
  Instruction,
  intoBranch,
  type FlowNodeModel,
  type IJob,
  type InstructionResult,
  type JobModel,
  type ProcessorContract,
} from '../../contract';
import { evaluateCondition } from '../shared/evaluateCondition';
import { booleanSchema, calculationSchema, validateExpression } from '../shared/schemas';

/** Continues, fails or takes one of two branches, depending on one condition. */
export class ConditionInstruction extends Instruction {
  override readsPlainJobs = true;
  override kind = 'pure' as const;

  override configSchema = Joi.object({
    rejectOnFalse: booleanSchema.required(),
    engine: Joi.string().valid('basic', 'math.js', 'formula.js'),
    calculation: calculationSchema,
    expression: Joi.string(),
  });

  override validateConfig(config: Record<string, unknown>): Record<string, string> | null {
    return super.validateConfig(config) ?? validateExpression(config.engine, config.expression, 'expression');
  }

  run(node: FlowNodeModel, input: JobModel | undefined, processor: ProcessorContract): InstructionResult {
    let result: unknown;
    try {
      result = evaluateCondition(node.config ?? {}, processor.getScope(node.id));
    } catch (error) {
      processor.logger.error(`condition of node ${node.id} failed`, { error });
      return { status: JOB_STATUS.ERROR, result: String(error) };
    }
    if (!result && node.config?.rejectOnFalse) {
      return { status: JOB_STATUS.FAILED, result };
    }
    const job: IJob = {
      status: JOB_STATUS.RESOLVED,
      result,
      nodeId: node.id,
      nodeKey: node.key,
      upstreamId: input?.id ?? null,
    };
    const head = processor
      .getBranches(node)
      .find(({ branchIndex }) => branchIndex !== BRANCH_INDEX.DEFAULT && Boolean(branchIndex) === result);
    return head ? intoBranch(job, head) : job;
  }

  override async resume(
    node: FlowNodeModel,
    branchJob: JobModel,
    processor: ProcessorContract,
  ): Promise<InstructionResult> {
    const job = processor.findBranchParentJob(branchJob, node);
    if (!job) {
      throw new Error('Parent job not found');
    }
    if (branchJob.status === JOB_STATUS.RESOLVED) {
      return job;
    }
    if (branchJob.status === JOB_STATUS.PENDING) {
      return processor.exit(JOB_STATUS.PENDING);
    }
    // the branch's failure is what the enclosing scope has to know
    return branchJob;
  }

  override test(config: Record<string, unknown>): IJob {
    try {
      return { status: JOB_STATUS.RESOLVED, result: evaluateCondition(config ?? {}, {}) };
    } catch (error) {
      return { status: JOB_STATUS.ERROR, result: String(error) };
    }
  }
}
