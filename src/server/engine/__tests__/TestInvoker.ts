import { JOB_STATUS } from '../../../common/status';
import type { Driver, NodeInvoker } from '../Driver';
import type { Invocation, NodeKind, Outcome, Tx } from '../ports';
import type { Run } from '../Run';
import type { JobState, NodeSpec } from '../types';
import type { TestVersion } from './flow';
import { KilledError, type MemoryStore } from './MemoryStore';

export interface JobValues {
  status: number;
  result?: unknown;
}

/** What a node's code gets to work with: the part of the processor that matters to the flow. */
export interface NodeCall {
  run: Run;
  node: NodeSpec;
  method: 'run' | 'resume';
  input: JobState | null;
  config: Record<string, unknown>;
  idempotencyKey: string;
  tx?: Tx;
  heads: readonly NodeSpec[];
  /** the latest job of this node */
  ownJob(): JobState | undefined;
  save(values: JobValues): JobState;
  update(job: JobState, values: JobValues): void;
  runBranch(head: NodeSpec, job: JobState): Promise<void>;
  /** stores what is buffered */
  flush(): Promise<void>;
}

/** A job's values or a job = done; `branch` = go there and call me again; null = leave; `{ exit }` = the execution ends. */
export type NodeResult = JobValues | JobState | { job: JobValues; head: NodeSpec } | { exit: number } | null | undefined | void;

export interface NodeType {
  kind?: NodeKind;
  run(call: NodeCall): NodeResult | Promise<NodeResult>;
  resume?(call: NodeCall): NodeResult | Promise<NodeResult>;
}

/** Calls test nodes the way the host's invoker calls instructions. */
export class TestInvoker implements NodeInvoker {
  driver!: Driver;
  /** idempotency keys of outside effects, in the order in which they happened */
  readonly effects: string[] = [];
  /** keys of the nodes that were called, in order */
  readonly called: string[] = [];
  onInvoke: (side: 'before' | 'after', invocation: Invocation) => void = () => {};

  constructor(
    private readonly store: MemoryStore,
    private readonly types: Record<string, NodeType>,
  ) {}

  kindOf(_run: Run, node: NodeSpec): NodeKind {
    return this.types[node.type]?.kind ?? 'pure';
  }

  async invoke(run: Run, invocation: Invocation): Promise<Outcome> {
    this.onInvoke('before', invocation);
    this.called.push(invocation.node.key);
    const type = this.types[invocation.node.type];
    const result = await type?.[invocation.method]?.(this.callOf(run, invocation));
    this.onInvoke('after', invocation);
    return this.toOutcome(run, invocation, result);
  }

  fail(run: Run, { node, input, method }: Invocation, error: unknown): Outcome {
    if (this.store.dead) {
      throw new KilledError('the process was killed');
    }
    const values = { status: JOB_STATUS.ERROR, result: { message: (error as Error).message } };
    if (method === 'resume' && input?.nodeId === node.id) {
      return { type: 'job', jobId: run.updateJob(input, values).id };
    }
    return { type: 'job', jobId: this.save(run, node, input, values).id };
  }

  private callOf(run: Run, { node, method, input, idempotencyKey, tx }: Invocation): NodeCall {
    return {
      run,
      node,
      method,
      input,
      idempotencyKey,
      tx,
      config: (run.version as TestVersion).configs.get(node.key) ?? {},
      heads: run.version.graph.branches(node.id),
      ownJob: () => run.latestJob(node.id),
      save: (values) => this.save(run, node, input, values),
      update: (job, values) => {
        if (!run.repeating) {
          run.updateJob(job, values);
        }
      },
      runBranch: (head, job) => this.driver.nested(run, head.id, job.id),
      flush: () => this.driver.flush(run),
    };
  }

  private toOutcome(run: Run, { node, input }: Invocation, result: NodeResult): Outcome {
    if (result == null) {
      return { type: 'leave' };
    }
    if ('exit' in result) {
      return { type: 'exit', status: result.exit };
    }
    if ('head' in result) {
      return { type: 'branch', jobId: this.save(run, node, input, result.job).id, headId: result.head.id };
    }
    return { type: 'job', jobId: 'id' in result ? result.id : this.save(run, node, input, result).id };
  }

  private save(run: Run, node: NodeSpec, input: JobState | null, { status, result = null }: JobValues): JobState {
    const repeated = run.overwrite?.nodeId === node.id ? run.overwrite : run.takeRepeatedJob(node.id);
    if (repeated) {
      run.overwrite = null;
      return run.repeating ? repeated : run.updateJob(repeated, { status, result });
    }
    return run.addJob({
      id: this.store.nextId(),
      nodeId: node.id,
      nodeKey: node.key,
      upstreamId: input?.id ?? null,
      status,
      result,
      meta: null,
      log: null,
      startedAt: null,
      createdAt: new Date(0),
      waiting: false,
      unsaved: null,
    });
  }
}
