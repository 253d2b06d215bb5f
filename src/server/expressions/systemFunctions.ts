import type { CustomFunction } from '../contract';
import { dateRangeFns } from './dateRange';

/** Second zero of snowflake ids (Unix time). */
const SNOWFLAKE_EPOCH_SECONDS = 1_605_024_000;

/** The part of the application that `$system` reads. */
export interface SystemSource {
  readonly instanceId: number | string;
  readonly snowflakeIdGenerator: { generate(): number | bigint };
}

/**
 * The functions behind `{{$system.<name>}}`, by dotted name.
 *
 * @example for (const [name, fn] of Object.entries(createSystemFunctions(app))) plugin.functions.register(name, fn);
 */
export function createSystemFunctions(app: SystemSource): Record<string, CustomFunction> {
  const functions: Record<string, CustomFunction> = {
    now: () => new Date(),
    instanceId: () => app.instanceId,
    epoch: () => SNOWFLAKE_EPOCH_SECONDS,
    genSnowflakeId: () => app.snowflakeIdGenerator.generate(),
  };
  for (const [name, fn] of Object.entries(dateRangeFns)) {
    functions[`dateRange.${name}`] = fn;
  }
  return functions;
}
