const TEMPLATE = /{{\s*([^{}]+?)\s*}}/g;

/** A `{{path}}` somewhere in a config. */
export interface VariableReference {
  /** where in the config, e.g. `params.values.title` */
  field: string;
  /** the segments of the path, without a leading `ctx` */
  path: string[];
}

/**
 * Variables used in a config, keys of objects included.
 * @example findVariables({ a: ['{{ctx.$context.x}}'] }) // [{ field: 'a.0', path: ['$context', 'x'] }]
 */
export function findVariables(config: unknown): VariableReference[] {
  const found: VariableReference[] = [];
  const stack: Array<{ value: unknown; field: string[] }> = [{ value: config, field: [] }];
  for (let item = stack.pop(); item; item = stack.pop()) {
    const { value, field } = item;
    if (typeof value === 'string') {
      found.push(...variablesOf(value, field));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value)) {
        found.push(...variablesOf(key, field));
        stack.push({ value: child, field: [...field, key] });
      }
    }
  }
  return found;
}

function variablesOf(text: string, field: string[]): VariableReference[] {
  return [...text.matchAll(TEMPLATE)].map(([, expression]) => {
    const path = expression!.split('.');
    return { field: field.join('.'), path: path[0] === 'ctx' ? path.slice(1) : path };
  });
}
