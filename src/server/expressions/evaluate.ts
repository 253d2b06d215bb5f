import { evaluators } from '@nocobase/evaluators';
import { compileFormula, parseFormula } from './formulaEngine';
import { compileMath, parseMath } from './mathEngine';
import { isLeavingName } from './ownMembers';
import { assertSafeSource } from './safeSource';
import { parseVariables, readVariable, type ParsedExpression } from './variables';

/** Evaluates a prepared expression. */
type Evaluation = (scope: object) => unknown;

interface BuiltInEngine {
  prepare(expression: string): Evaluation;
  /** throws when the expression can never be evaluated */
  check(expression: string): void;
}

const CACHE_SIZE = 2_000;
const MAX_CACHED_LENGTH = 4_096;
const cache = new Map<string, Evaluation>();

const placeholder = (index: number) => `$$${index}`;

function valuesOf({ variables }: ParsedExpression, scope: object): unknown[] {
  return variables.map(({ path }) => readVariable(scope, path));
}

/** Lets the host's evaluator do it, but with variables that have been read safely beforehand. */
function viaHost(engine: string, expression: string): Evaluation {
  const parsed = parseVariables(expression, (index) => `{{v${index}}}`);
  return (scope) => {
    const values = valuesOf(parsed, scope);
    return evaluators.get(engine)(
      parsed.source,
      Object.fromEntries(values.map((value, index) => [`v${index}`, value])),
    );
  };
}

function codeEngine(
  engine: string,
  compile: (parsed: ParsedExpression) => ((values: unknown[]) => unknown) | undefined,
  parse: (parsed: ParsedExpression) => void,
): BuiltInEngine {
  return {
    prepare(expression) {
      const parsed = parseVariables(expression, placeholder);
      assertSafeSource(parsed.source);
      const run = compile(parsed);
      return run ? (scope) => run(valuesOf(parsed, scope)) : viaHost(engine, expression);
    },
    check(expression) {
      const parsed = parseVariables(expression, placeholder);
      assertSafeSource(parsed.source);
      parse(parsed);
    },
  };
}

function toText(value: unknown): string {
  return value == null || (typeof value === 'number' && !Number.isFinite(value)) ? '' : `${value as string}`;
}

const stringEngine: BuiltInEngine = {
  prepare(expression) {
    const { source, variables } = parseVariables(expression, (index) => `{{${index}}}`);
    const parts = source.split(/{{(\d+)}}/);
    return (scope) => {
      const texts = variables.map(({ path }) => toText(readVariable(scope, path)));
      return parts.map((part, index) => (index % 2 ? texts[Number(part)] : part)).join('');
    };
  },
  check() {},
};

const builtIn = new Map<string, BuiltInEngine>([
  ['math.js', codeEngine('math.js', compileMath, parseMath)],
  ['formula.js', codeEngine('formula.js', compileFormula, parseFormula)],
  ['string', stringEngine],
]);

/** Engines that other plugins registered get the scope itself and must read it as the host's helper does. */
function prepareForeign(engine: string, expression: string): Evaluation {
  for (const { path } of parseVariables(expression, placeholder).variables) {
    const name = path.split('.').find(isLeavingName);
    if (name) {
      throw new Error(`"${name}" is not allowed in an expression`);
    }
  }
  return (scope) => evaluators.get(engine)(expression, scope);
}

function prepare(engine: string, expression: string): Evaluation {
  const key = `${engine}\n${expression}`;
  const known = cache.get(key);
  if (known) {
    return known;
  }
  const evaluation = builtIn.get(engine)?.prepare(expression) ?? prepareForeign(engine, expression);
  if (expression.length <= MAX_CACHED_LENGTH) {
    if (cache.size >= CACHE_SIZE) {
      cache.clear();
    }
    cache.set(key, evaluation);
  }
  return evaluation;
}

/** True when the host has an evaluator of this name. */
export function hasEngine(engine: unknown): engine is string {
  return typeof engine === 'string' && Boolean(evaluators.get(engine));
}

/**
 * Evaluates an expression with `{{path}}` variables. Same results as the evaluators of the host
 * (numbers rounded to 9 decimals, NaN and infinity as null, matrices as arrays, a missing variable is null),
 * but variables reach own members only and every expression is compiled once.
 *
 * @param engine `math.js`, `formula.js`, `string` or any other registered name, see {@link hasEngine}
 * @throws whatever the engine throws, SyntaxError included
 * @example evaluateExpression('math.js', '{{$context.data.n}} * 2', { $context: { data: { n: 3 } } }) // 6
 */
export function evaluateExpression(engine: string, expression: string, scope: object): unknown {
  return prepare(engine, expression)(scope);
}

/**
 * Says why an expression can never be evaluated, for validation before anything is saved.
 * Engines that cannot be asked are taken to accept everything.
 *
 * @returns message, or null
 * @example checkExpression('math.js', '1 +') // 'Unexpected end of expression (char 4)'
 */
export function checkExpression(engine: string, expression: string): string | null {
  try {
    builtIn.get(engine)?.check(expression);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
