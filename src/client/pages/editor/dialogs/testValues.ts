import { referencesIn } from '../../../document/references';
import type { Config } from '../../../document/types';
import type { Samples } from '../../../forms/context';
import { sampleAt } from '../../../forms/variables/resolve';

/** One variable of a config that has to become a value before the node can be tried. */
export interface TestVariable {
  /** as it is written, with braces */
  raw: string;
  path: readonly string[];
  /** value of the last execution; undefined: none is known */
  sample: unknown;
}

/** Distinct variables of a config with what the last execution had for them. Secrets stay what they are. */
export function testVariables(config: Config, samples: Samples | undefined): TestVariable[] {
  const variables = new Map<string, TestVariable>();
  for (const { raw, path } of referencesIn(config)) {
    if (path[0] === '$env' || variables.has(raw)) continue;
    variables.set(raw, { raw, path, sample: sampleFor(path, samples) });
  }
  return [...variables.values()];
}

/** The time is the time of the test; everything else is what the last execution had. */
const sampleFor = (path: readonly string[], samples: Samples | undefined): unknown =>
  path[0] === '$system' && path[1] === 'now' ? new Date().toISOString() : sampleAt(samples, path);

/** What people typed for a value: JSON where it is JSON, else the text itself; nothing is null. */
export function parseTyped(text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  try {
    return JSON.parse(trimmed) as unknown;
  } catch {
    return text;
  }
}

/** How a value is shown for editing; the inverse of `parseTyped`. */
export function typedText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') return JSON.stringify(value);
  const isAmbiguous = parseTyped(value) !== value;
  return isAmbiguous ? JSON.stringify(value) : value;
}

/** Puts values in place of variables: a text that is one variable becomes its value, in other texts it becomes text. */
export function substitute(config: Config, values: ReadonlyMap<string, unknown>): Config {
  const inText = (text: string): unknown => {
    if (values.has(text.trim())) return values.get(text.trim());
    let result = text;
    for (const [raw, value] of values) result = result.replaceAll(raw, typeof value === 'string' ? value : JSON.stringify(value ?? null));
    return result;
  };
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return value.includes('{{') ? inText(value) : value;
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, walk(child)]));
  };
  return walk(config) as Config;
}
