import { validateWithSchema, type ConfigSchema } from '../contract';

interface Validated {
  configSchema?: ConfigSchema;
  validateConfig?(config: Record<string, unknown>): Record<string, string> | null;
}

/**
 * Problems of a config by field, or null. A validator that throws has met something it did not expect:
 * that is a problem of the config as well.
 */
export function configErrors(type: Validated, config: object): Record<string, string> | null {
  try {
    const values = config as Record<string, unknown>;
    const errors = type.validateConfig ? type.validateConfig(values) : validateWithSchema(type.configSchema, values);
    return errors && Object.keys(errors).length > 0 ? errors : null;
  } catch (error) {
    return { config: `"config" is invalid: ${error instanceof Error ? error.message : String(error)}` };
  }
}
