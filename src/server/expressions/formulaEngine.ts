import { Script } from 'node:vm';
import { evaluators } from '@nocobase/evaluators';
import { BASE_BLOCKED_IDENTIFIERS } from '@nocobase/utils';
import { requireOfEvaluators } from './hostModules';
import type { ParsedExpression } from './variables';

interface SandboxGlobals {
  Compartment?: new (endowments: object) => { globalThis: object; evaluate(source: string): unknown };
}

type Round = (value: number, digits: number) => number;

const DECIMALS = 9;
const BLOCKED = [
  ...BASE_BLOCKED_IDENTIFIERS,
  'process',
  'require',
  'module',
  'exports',
  '__filename',
  '__dirname',
  'Buffer',
];
/** Text that means something else as a program than between parentheses. */
const STATEMENT = /^(?:\{|(?:function|class|async|let)(?![\w$]))/;

interface Sandbox {
  evaluate(source: string): unknown;
  round: Round;
}

let sandbox: Sandbox | null | undefined;

/** Freezes a function and the functions it holds (`BETA.DIST`): they are shared by all expressions. */
function freezeFunction(fn: unknown): void {
  if (typeof fn === 'function' && !Object.isFrozen(fn)) {
    Object.freeze(fn);
    Object.values(fn).forEach(freezeFunction);
  }
}

/** One sandbox for all expressions. It holds the functions of formula.js and is frozen, so that no expression can leave anything behind. */
function openSandbox(): Sandbox | null {
  const functions = requireOfEvaluators<Record<string, unknown>>('@formulajs/formulajs');
  const math = requireOfEvaluators<{ round: Round }>('mathjs');
  const hostEvaluator = evaluators.get('formula.js');
  if (!functions || !math || !hostEvaluator) {
    return null;
  }
  // the host's evaluator locks the language's own objects when it runs for the first time
  hostEvaluator('0', {});
  const { Compartment } = globalThis as SandboxGlobals;
  if (!Compartment) {
    return null;
  }
  const endowments: Record<string, unknown> = Object.create(null);
  for (const [name, fn] of Object.entries(functions)) {
    if (name !== 'default') {
      freezeFunction(fn);
      endowments[name] = fn;
    }
  }
  for (const name of BLOCKED) {
    endowments[name] = undefined;
  }
  const compartment = new Compartment(endowments);
  Object.freeze(compartment.globalThis);
  return { evaluate: (source) => compartment.evaluate(source), round: math.round };
}

/** @throws SyntaxError when the source is no program */
export function parseFormula({ source }: ParsedExpression): void {
  new Script(`"use strict";${source}`);
}

/**
 * Compiles an expression of formula.js to a function, with numbers rounded to 9 decimals, NaN and infinity as null.
 *
 * @returns undefined for what is more than one expression (statements, object literals at the start, syntax errors):
 * the host's evaluator knows how to deal with those
 */
export function compileFormula({ source, variables }: ParsedExpression): ((values: unknown[]) => unknown) | undefined {
  sandbox ??= openSandbox();
  if (!sandbox || STATEMENT.test(source)) {
    return undefined;
  }
  const { evaluate, round } = sandbox;
  let run: (...values: unknown[]) => unknown;
  try {
    // on its own first: "1) + (2" would be valid between parentheses only
    new Script(source);
    run = evaluate(`(${variables.map(({ name }) => name).join(',')}) => (${source}\n)`) as typeof run;
  } catch {
    return undefined;
  }
  return (values) => {
    const result = run(...values);
    if (typeof result !== 'number') {
      return result;
    }
    return Number.isFinite(result) ? round(result, DECIMALS) : null;
  };
}
