import Joi from 'joi';
import { JOB_STATUS } from '../../../common/status';
import { Instruction, type FlowNodeModel, type IJob, type JobModel, type ProcessorContract } from '../../contract';
import { evaluateExpression, hasEngine } from '../../expressions/evaluate';
import { validateExpression } from '../shared/schemas';

const DEFAULT_ENGINE = 'math.js';

interface CalculationConfig {
  engine?: string | null;
  expression?: string | null;
}

function calculate({ engine, expression }: CalculationConfig, scope: object): IJob {
  const name = engine ?? DEFAULT_ENGINE;
  if (!expression || !hasEngine(name)) {
    return { status: JOB_STATUS.RESOLVED, result: null };
  }
  return { status: JOB_STATUS.RESOLVED, result: evaluateExpression(name, expression, scope) };
}

function toFailedJob(error: unknown): IJob {
  return { status: JOB_STATUS.ERROR, result: String(error) };
}

/** Evaluates an expression with one of the host's engines; the value is the node's result. */
export class CalculationInstruction extends Instruction {
  override readsPlainJobs = true;
  override kind = 'pure' as const;

  override configSchema = Joi.object({
    engine: Joi.string().allow(null, ''),
    expression: Joi.string().allow(null, ''),
  });

  override validateConfig(config: Record<string, unknown>): Record<string, string> | null {
    return (
      super.validateConfig(config) ??
      validateExpression(config.engine ?? DEFAULT_ENGINE, config.expression, 'expression')
    );
  }

  run(node: FlowNodeModel, _input: JobModel | undefined, processor: ProcessorContract): IJob {
    try {
      return calculate(node.config ?? {}, processor.getScope(node.id));
    } catch (error) {
      processor.logger.error(`calculation of node ${node.id} failed`, { error });
      return toFailedJob(error);
    }
  }

  override test(config: Record<string, unknown>): IJob {
    try {
      return calculate(config ?? {}, {});
    } catch (error) {
      return toFailedJob(error);
    }
  }
}
