import { requireOfEvaluators } from './hostModules';
import type { ParsedExpression } from './variables';

interface MathNode {
  name?: string;
  isSymbolNode?: boolean;
  compile(): { evaluate(scope: Map<string, unknown>): unknown };
  traverse(visit: (node: MathNode) => void): void;
}

/** The part of mathjs that is used. */
interface MathModule {
  parse(source: string): MathNode;
  round(value: number, digits: number): number;
  Matrix: new () => { toArray(): unknown };
}

const DECIMALS = 9;
/** They change the library for every other expression, or run text as code and so get around this list. */
const FORBIDDEN = new Set(['chain', 'compile', 'config', 'createUnit', 'evaluate', 'import', 'parse', 'parser', 'reviver', 'typed']);

let loaded: MathModule | undefined;

function math(): MathModule | undefined {
  return (loaded ??= requireOfEvaluators<MathModule>('mathjs'));
}

function normalize(value: unknown, { round, Matrix }: MathModule): unknown {
  if (typeof value === 'number') {
    if (Number.isInteger(value)) {
      // rounding goes through text, and costs more than the rest of a simple expression
      return value;
    }
    return Number.isFinite(value) ? round(value, DECIMALS) : null;
  }
  return value instanceof Matrix ? value.toArray() : value;
}

function parse(source: string, library: MathModule): MathNode {
  const root = library.parse(source);
  root.traverse(({ isSymbolNode, name }) => {
    if (isSymbolNode && name && FORBIDDEN.has(name)) {
      throw new Error(`"${name}" is not allowed in an expression`);
    }
  });
  return root;
}

/** @throws SyntaxError when the source does not parse, Error when it uses a function that is not allowed */
export function parseMath({ source }: ParsedExpression): void {
  const library = math();
  if (library) {
    parse(source, library);
  }
}

/**
 * Compiles an expression for math.js: numbers are rounded to 9 decimals, NaN and infinity become null, matrices arrays.
 *
 * @returns undefined when mathjs cannot be loaded
 * @throws SyntaxError when the source does not parse, Error when it uses a function that is not allowed
 */
export function compileMath({ source, variables }: ParsedExpression): ((values: unknown[]) => unknown) | undefined {
  const library = math();
  if (!library) {
    return undefined;
  }
  const code = parse(source, library).compile();
  return (values) => {
    const scope = new Map<string, unknown>();
    variables.forEach(({ name }, index) => scope.set(name, values[index]));
    return normalize(code.evaluate(scope), library);
  };
}
