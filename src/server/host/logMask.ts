import { inspect } from 'node:util';
import type { Logger } from '@nocobase/logger';
import type { SecretMasker } from '../expressions/mask';

type Info = Record<string | symbol, unknown>;

interface LogFormat {
  transform(info: Info, options?: unknown): unknown;
  options?: unknown;
}

/** Data as JSON shows it, errors with their message and stack. */
function toPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  try {
    return JSON.parse(JSON.stringify(value, (_key, item: unknown) => (item instanceof Error ? fromError(item) : item)));
  } catch {
    // circular, or a big integer
    return inspect(value);
  }
}

function fromError(error: Error): object {
  const { name, message, stack, cause } = error;
  return { ...error, name, message, stack, ...(cause === undefined ? {} : { cause }) };
}

/** Lets a logger replace secrets in everything that it writes. */
export function maskLog(logger: Logger, mask: SecretMasker): void {
  const formatted = logger as unknown as { format: LogFormat };
  const { format } = formatted;
  formatted.format = {
    ...format,
    transform(info, options) {
      const { message, stack } = info;
      const line: Info = { ...info, message, ...(stack ? { stack } : {}) };
      for (const name of Object.keys(line)) {
        line[name] = mask(toPlain(line[name]));
      }
      return format.transform(line, options);
    },
  };
}
