import { logicCalculate, type Calculation } from '../../expressions/calculators';
import { evaluateExpression, hasEngine } from '../../expressions/evaluate';
import { resolveTemplate } from '../../expressions/template';

export interface ConditionConfig {
  /** `basic` when absent or unknown */
  engine?: string;
  /** for the basic engine */
  calculation?: Calculation;
  /** for all other engines */
  expression?: string;
}

/**
 * Evaluates one condition.
 *
 * @returns boolean for the basic engine, whatever the expression gives for others
 */
export function evaluateCondition({ engine, calculation, expression }: ConditionConfig, scope: object): unknown {
  if (!hasEngine(engine)) {
    return logicCalculate(resolveTemplate(calculation, scope) as Calculation);
  }
  if (typeof expression !== 'string') {
    throw new TypeError('"expression" must be a text');
  }
  return evaluateExpression(engine, expression, scope);
}
