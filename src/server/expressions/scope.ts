import type { CustomFunction, ExecutionModel, FlowNodeModel } from '../contract';

/** What templates and expressions of one node can see. */
export interface VariableScope {
  $context: unknown;
  $jobsMapByNodeKey: Record<string, unknown>;
  $system: Record<string, unknown>;
  $scopes: Record<string, unknown>;
  $env: Record<string, unknown>;
}

export interface ScopeSource {
  /** what triggered the execution */
  context: unknown;
  /** latest job of every node that has one, by node key */
  jobsByNodeKey: ReadonlyMap<string, { result?: unknown }>;
  /** `plugin.functions.getEntities()` or any other list of `[dotted name, function]`; read only when `$system` is used */
  systemFunctions: () => Iterable<[string, CustomFunction]>;
  /** values that the enclosing branching nodes provide, by node id and node key */
  scopes?: () => Record<string, unknown>;
  /** variables and secrets */
  env?: () => Record<string, unknown>;
  /** functions get it as `this.execution`; asked for only when one of them reads it */
  execution?: () => ExecutionModel;
  /** node that asks; functions get it as `this.node` */
  node?: FlowNodeModel;
}

function jobResults(jobs: ScopeSource['jobsByNodeKey']): Record<string, unknown> {
  const results: Record<string, unknown> = {};
  for (const [key, job] of jobs) {
    results[key] = job.result;
  }
  return results;
}

function boundFunctions({ systemFunctions, execution, node }: ScopeSource): Record<string, unknown> {
  const self = {
    get execution() {
      return execution?.();
    },
    node,
  };
  const root: Record<string, unknown> = {};
  for (const [dottedName, fn] of systemFunctions()) {
    const names = dottedName.split('.');
    const last = names.pop() ?? dottedName;
    let parent = root;
    for (const name of names) {
      const child = Object.hasOwn(parent, name) ? parent[name] : undefined;
      parent = (typeof child === 'object' && child !== null ? child : (parent[name] = {})) as Record<string, unknown>;
    }
    parent[last] = fn.bind(self);
  }
  return root;
}

/**
 * A scope whose members are built when they are first read. All are own members, as the readers of scopes demand,
 * and all can be replaced.
 */
function lazyScope(source: ScopeSource): VariableScope {
  let jobs: Record<string, unknown> | undefined;
  let system: Record<string, unknown> | undefined;
  let scopes: Record<string, unknown> | undefined;
  let env: Record<string, unknown> | undefined;
  return {
    $context: source.context,
    get $jobsMapByNodeKey() {
      return (jobs ??= jobResults(source.jobsByNodeKey));
    },
    set $jobsMapByNodeKey(value) {
      jobs = value;
    },
    get $system() {
      return (system ??= boundFunctions(source));
    },
    set $system(value) {
      system = value;
    },
    get $scopes() {
      return (scopes ??= source.scopes?.() ?? {});
    },
    set $scopes(value) {
      scopes = value;
    },
    get $env() {
      return (env ??= source.env?.() ?? {});
    },
    set $env(value) {
      env = value;
    },
  };
}

/**
 * The scope of a node: `$context`, `$jobsMapByNodeKey`, `$system`, `$scopes`, `$env`, and the same five once more
 * under `ctx`. What is not read costs nothing; what is read is built once, as it is at that moment.
 *
 * @example resolveTemplate('{{$context.data.id}}', Object.assign(buildScope(source), { currentUser }))
 */
export function buildScope(source: ScopeSource): VariableScope & { ctx: VariableScope } {
  let ctx: VariableScope | undefined;
  return Object.defineProperty(lazyScope(source), 'ctx', {
    enumerable: true,
    get: () => (ctx ??= lazyScope(source)),
    set(value: VariableScope) {
      ctx = value;
    },
  }) as VariableScope & { ctx: VariableScope };
}
