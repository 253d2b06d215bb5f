/** The part of OpenAPI's schema object that is used here. */
export interface Schema {
  $ref?: string;
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  description?: string;
  format?: string;
  nullable?: boolean;
  enum?: unknown[];
  default?: unknown;
  example?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  oneOf?: Schema[];
}

export interface Parameter {
  name: string;
  in: 'query' | 'path';
  description: string;
  required?: boolean;
  schema: Schema;
}

export interface Operation {
  tags: string[];
  summary: string;
  description?: string;
  parameters: Parameter[];
  requestBody?: object;
  responses: Record<number, object>;
}

export type Path = { get?: Operation; post?: Operation };

interface Draft {
  method: 'get' | 'post';
  tag: string;
  summary: string;
  description?: string;
  parameters?: Parameter[];
  body?: Schema;
  /** status of success; 204 has no schema. @default 200 */
  status?: number;
  /** what `data` holds */
  data?: Schema;
  /** what `meta` holds, beside `data` */
  meta?: Schema;
  /** when it is refused, by status */
  errors?: Record<number, string>;
}

const ACCESS_ERRORS = { 401: 'Nobody is signed in.', 403: 'The role may not do this.' };

/** A path with one operation; answers are wrapped as the host wraps them. */
export function operation({
  method,
  tag,
  summary,
  description,
  parameters = [],
  body,
  status = 200,
  data,
  meta,
  errors = {},
}: Draft): Path {
  const failures = Object.entries({ ...ACCESS_ERRORS, ...errors }).map(([code, reason]) => [
    code,
    { description: reason, content: json(ref('WorkflowErrors')) },
  ]);
  return {
    [method]: {
      tags: [tag],
      summary,
      ...(description ? { description } : {}),
      parameters,
      ...(body ? { requestBody: { content: json(body) } } : {}),
      responses: {
        [status]: {
          description: status === 204 ? 'Done.' : 'OK',
          ...(data ? { content: json(object({ data, ...(meta ? { meta } : {}) })) } : {}),
        },
        ...Object.fromEntries(failures),
      },
    },
  };
}

export function ref(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

export function object(properties: Record<string, Schema>, required?: string[]): Schema {
  return { type: 'object', properties, ...(required ? { required } : {}) };
}

export function list(items: Schema): Schema {
  return { type: 'array', items };
}

function json(schema: Schema) {
  return { 'application/json': { schema } };
}
