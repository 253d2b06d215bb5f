/** The part of a Joi schema that is used. Extensions bring their own copy of Joi, so no `instanceof`. */
export interface ConfigSchema {
  validate(
    value: unknown,
    options?: object,
  ): { error?: { details: Array<{ path: Array<string | number>; message: string }> } };
}

/**
 * Validates a config, unknown keys allowed.
 * @returns first message per field path, or null when there is no schema or no problem
 * @example validateWithSchema(schema, {}) // { collection: '"collection" is required' }
 */
export function validateWithSchema(schema: ConfigSchema | undefined, config: unknown): Record<string, string> | null {
  if (!schema) {
    return null;
  }
  const { error } = schema.validate(config, { abortEarly: false, allowUnknown: true });
  if (!error) {
    return null;
  }
  const result: Record<string, string> = {};
  for (const { path, message } of error.details) {
    const key = path.join('.');
    result[key] ??= message;
  }
  return result;
}
