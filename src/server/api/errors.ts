import type { Context } from '@nocobase/actions';
import type { WorkflowPlugin } from '../contract';

/** Bad input: HTTP 400 with one message per field. */
export class InputError extends Error {
  override name = 'InputError';
  readonly status = 400;
  /** of the host's error handler: a mistake of the caller is no error of the application */
  readonly logLevel = 'warn';

  constructor(
    /** message by field path */
    readonly errors: Record<string, string>,
  ) {
    super(Object.values(errors).join('; '));
  }
}

/** What a node was to be saved with is not valid. */
export class NodeValidationError extends InputError {
  override name = 'NodeValidationError';
}

/** What a workflow was to be saved with is not valid. */
export class WorkflowValidationError extends InputError {
  override name = 'WorkflowValidationError';
}

/** One entry of `errors` in an answer. */
export interface WireError {
  message: string;
  /** for programs, e.g. `WF_CONFLICT` */
  code?: string;
  field?: string;
  nodeKey?: string;
}

/** A refusal that names places and codes, so that an editor can show each fault where it is. */
export class FlowRefused extends Error {
  override name = 'FlowRefused';
  readonly logLevel = 'warn';

  constructor(
    readonly status: 400 | 409,
    readonly wire: WireError[],
  ) {
    super(wire.map(({ message }) => message).join('; '));
  }
}

const NAMES = ['InputError', 'NodeValidationError', 'WorkflowValidationError'];

interface ErrorHandlerPlugin {
  errorHandler: {
    register<E>(guard: (error: Error) => boolean, render: (error: E, ctx: Context) => void): void;
  };
}

/**
 * Renders an {@link InputError} as `{ errors: [{ message }, …] }`. Without the host's error handler
 * plugin its `status` alone makes the answer a 400.
 */
export function registerErrorRendering(plugin: WorkflowPlugin): void {
  const handler = plugin.app.pm.get('error-handler') as unknown as ErrorHandlerPlugin | undefined;
  handler?.errorHandler.register<FlowRefused>(
    (error) => error instanceof FlowRefused,
    (error, ctx) => {
      ctx.status = error.status;
      ctx.body = { errors: error.wire };
    },
  );
  handler?.errorHandler.register<InputError>(
    (error) => error instanceof InputError || NAMES.includes(error?.name),
    (error, ctx) => {
      ctx.status = error.status;
      ctx.body = { errors: Object.values(error.errors).map((message) => ({ message })) };
    },
  );
}
