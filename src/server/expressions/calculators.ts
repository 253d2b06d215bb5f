import { Registry } from '@nocobase/utils';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- operands are whatever a workflow's data holds, and are compared loosely
export type Comparer = (left: any, right: any) => boolean;

/** One comparison of the basic engine. */
export interface Comparison {
  calculator?: string;
  operands?: unknown[];
}

/** Comparisons joined by `and` or `or`, to any depth. */
export interface CalculationGroup {
  group: { type: 'and' | 'or'; calculations?: Calculation[] };
}

export type Calculation = Comparison | CalculationGroup | null | undefined;

/** Loose comparison; when a date takes part, both sides are compared as points in time. */
function comparing(compare: Comparer, whenIncomparable: boolean): Comparer {
  return (left, right) => {
    if (!(left instanceof Date) && !(right instanceof Date)) {
      return compare(left, right);
    }
    const other: unknown = left instanceof Date ? right : left;
    if (other == null || typeof other === 'boolean') {
      return whenIncomparable;
    }
    return compare(new Date(left).getTime(), new Date(right).getTime());
  };
}

const equal = comparing((left, right) => left == right, false);
const notEqual = comparing((left, right) => left != right, true);
const gt = comparing((left, right) => left > right, false);
const gte = comparing((left, right) => left >= right, false);
const lt = comparing((left, right) => left < right, false);
const lte = comparing((left, right) => left <= right, false);
const includes: Comparer = (list, item) => list.includes(item);
const startsWith: Comparer = (text, part) => text.toString().startsWith(part.toString());
const endsWith: Comparer = (text, part) => text.toString().endsWith(part.toString());
const not =
  (comparer: Comparer): Comparer =>
  (left, right) =>
    !comparer(left, right);

const COMPARERS: Record<string, Comparer> = {
  equal,
  '==': equal,
  notEqual,
  '!=': notEqual,
  gt,
  '>': gt,
  gte,
  '>=': gte,
  lt,
  '<': lt,
  lte,
  '<=': lte,
  includes,
  notIncludes: not(includes),
  startsWith,
  notStartsWith: not(startsWith),
  endsWith,
  notEndsWith: not(endsWith),
};

/** Comparisons of the basic engine by name; other plugins may register more. */
export const calculators = new Registry<Comparer>();
for (const [name, comparer] of Object.entries(COMPARERS)) {
  calculators.register(name, comparer);
}

function isGroup(calculation: Comparison | CalculationGroup): calculation is CalculationGroup {
  return 'group' in calculation && typeof calculation.group === 'object' && calculation.group !== null;
}

/**
 * Evaluates a condition of the basic engine whose variables have been resolved.
 * Nothing to compare counts as true; an empty `and` is true, an empty `or` false.
 *
 * @throws Error when the calculator is not registered, TypeError when a group is neither `and` nor `or`
 * @example logicCalculate({ calculator: 'equal', operands: [1, '1'] }) // true
 */
export function logicCalculate(calculation?: Calculation): boolean {
  if (calculation == null) {
    return true;
  }
  if (isGroup(calculation)) {
    const { type, calculations } = calculation.group;
    const items = calculations ?? [];
    switch (type) {
      case 'and':
        return items.every((item) => logicCalculate(item));
      case 'or':
        return items.some((item) => logicCalculate(item));
      default:
        throw new TypeError(`type of a condition group must be "and" or "or", not ${JSON.stringify(type)}`);
    }
  }
  const { calculator, operands } = calculation;
  if (!calculator || !operands?.length) {
    return true;
  }
  const comparer = calculators.get(calculator);
  if (!comparer) {
    throw new Error(`no calculator function registered for "${calculator}"`);
  }
  return Boolean(comparer(operands[0], operands[1]));
}
