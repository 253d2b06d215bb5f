import Joi from 'joi';
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
import { evaluateCondition, type ConditionConfig } from '../shared/evaluateCondition';
import { booleanSchema, calculationSchema, validateExpression } from '../shared/schemas';

/** Branch for the case that no condition is met; the i-th condition owns branch i + 1. */
const OTHERWISE_BRANCH = 0;

interface MultiConditionsConfig {
  conditions?: Array<ConditionConfig & { uid?: string; title?: string }>;
  continueOnNoMatch?: boolean;
}

/** Takes the branch of the first condition that is met. */
export class MultiConditionsInstruction extends Instruction {
  override readsPlainJobs = true;
  override kind = 'pure' as const;

  override configSchema = Joi.object({
    conditions: Joi.array().items(
      Joi.object({
        uid: Joi.string().allow('', null),
        title: Joi.string().allow('', null),
        engine: Joi.string(),
        calculation: calculationSchema.allow(null),
        expression: Joi.string(),
      }).unknown(),
    ),
    continueOnNoMatch: booleanSchema,
  });

  override validateConfig(config: Record<string, unknown>): Record<string, string> | null {
    const problems = super.validateConfig(config);
    if (problems) {
      return problems;
    }
    const { conditions = [] } = config as MultiConditionsConfig;
    const found = conditions.map(({ engine, expression }, index) =>
      validateExpression(engine, expression, `conditions.${index}.expression`),
    );
    return found.some(Boolean) ? Object.assign({}, ...found) : null;
  }

  run(node: FlowNodeModel, input: JobModel | undefined, processor: ProcessorContract): InstructionResult {
    const { conditions = [], continueOnNoMatch } = (node.config ?? {}) as MultiConditionsConfig;
    const scope = processor.getScope(node.id);
    const outcomes: unknown[] = [];
    const end = (status: number, branchIndex?: number): InstructionResult => {
      const job: IJob = {
        status,
        result: outcomes.at(-1) ?? null,
        meta: { conditions: outcomes },
        nodeId: node.id,
        nodeKey: node.key,
        upstreamId: input?.id ?? null,
      };
      const head =
        branchIndex === undefined
          ? undefined
          : processor.getBranches(node).find((branch) => branch.branchIndex === branchIndex);
      return head ? intoBranch(job, head) : job;
    };

    for (const [index, condition] of conditions.entries()) {
      const outcome = this.evaluate(condition, scope, node, processor);
      outcomes.push(outcome);
      if (typeof outcome === 'string') {
        return end(JOB_STATUS.ERROR);
      }
      if (outcome === true) {
        return end(JOB_STATUS.RESOLVED, index + 1);
      }
    }
    return end(continueOnNoMatch ? JOB_STATUS.RESOLVED : JOB_STATUS.FAILED, OTHERWISE_BRANCH);
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
    // the job got its final status before the branch began: a match, or the choice for "no match"
    return branchJob.status === JOB_STATUS.RESOLVED ? job : processor.exit(branchJob.status);
  }

  private evaluate(
    condition: ConditionConfig,
    scope: object,
    node: FlowNodeModel,
    processor: ProcessorContract,
  ): unknown {
    try {
      return evaluateCondition(condition ?? {}, scope);
    } catch (error) {
      processor.logger.error(`condition of node ${node.id} failed`, { error });
      return error instanceof Error ? error.message : String(error);
    }
  }
}
