import type { Transaction } from 'sequelize';
import { EXECUTION_REASON, EXECUTION_STATUS, JOB_STATUS } from '../../common/status';
import { isBranchResult, type FlowNodeModel, type InstructionInterface, type InstructionResult, type WorkflowPlugin } from '../contract';
import type { NodeInvoker } from '../engine/Driver';
import type { Invocation, NodeKind, Outcome } from '../engine/ports';
import type { Run } from '../engine/Run';
import type { NodeSpec } from '../engine/types';
import { atInstant, isWorkflowTimeoutError } from './abort';
import { toText } from './assertJob';
import { isModel } from './jobModels';
import { officialNode, withConfig } from './officialNodes';
import type { LoadedVersion } from './LoadedVersion';
import type { Processor } from './Processor';

/** Calls instructions for the engine and translates what they hand back. */
export class HostInvoker implements NodeInvoker {
  constructor(
    private readonly plugin: WorkflowPlugin,
    private readonly processorOf: (run: Run) => Processor,
    private readonly newId: () => string,
  ) {}

  nextId(): string {
    return this.newId();
  }

  kindOf(run: Run, node: NodeSpec): NodeKind {
    const instruction = this.plugin.instructions.get(node.type) as InstructionInterface | undefined;
    const kind = instruction?.kind ?? officialNode(node.type)?.kind;
    const result = (typeof kind === 'function' ? kind.call(instruction, this.modelOf(run, node)) : kind) ?? 'effect';
    const processor = this.processorOf(run);
    // inside somebody's transaction the node writes with it; a second one would wait for the first
    return result === 'database' && (processor.transaction || processor.getScopeTransaction(this.modelOf(run, node))) ? 'pure' : result;
  }

  async invoke(run: Run, invocation: Invocation): Promise<Outcome> {
    const processor = this.processorOf(run);
    const { node, method } = invocation;
    const instruction = this.plugin.instructions.get(node.type) as InstructionInterface | undefined;
    if (!instruction) {
      throw new Error(`instruction [${node.type}] not found for node (#${node.id})`);
    }
    const code = instruction[method];
    if (typeof code !== 'function') {
      throw new Error(
        method === 'run'
          ? `"run" method should be implemented for [${node.type}] instruction of node (#${node.id})`
          : `"resume" method should be implemented for [${node.type}] instruction of node (#${node.id})`,
      );
    }
    const official = instruction.kind === undefined ? officialNode(node.type) : undefined;
    let model = this.modelOf(run, node);
    if (official?.withKey) {
      model = withConfig(model, official.withKey(model.config, invocation.idempotencyKey, processor));
    }
    if (official?.cleanUp && invocation.repeated !== null && !run.job(invocation.repeated)) {
      await official.cleanUp(this.plugin, invocation.repeated);
    }
    if (official?.borrowsTransaction && invocation.tx) {
      processor.scopeTransactions.lend(model, invocation.tx as Transaction);
    }
    const stopTimer = run.expiresAt
      ? atInstant(run.expiresAt, () => processor.abortExecution(EXECUTION_REASON.TIMEOUT))
      : undefined;
    let result: InstructionResult;
    try {
      result = await code.call(instruction, model, this.inputOf(run, processor, invocation, instruction), processor, {
        ...(invocation.rerun ? { rerun: true as const } : {}),
        get signal() {
          return processor.abortSignal;
        },
        transaction: invocation.tx as Transaction | undefined,
        idempotencyKey: invocation.idempotencyKey,
      });
    } finally {
      stopTimer?.();
      processor.scopeTransactions.lend(null);
    }
    if (result == null && (instruction.background ?? official?.background)) {
      markBackground(run);
    }
    return this.toOutcome(run, processor, invocation, result);
  }

  fail(run: Run, invocation: Invocation, error: unknown): Outcome {
    const processor = this.processorOf(run);
    const aborted = isWorkflowTimeoutError(error) || processor.isAborted;
    const message = toText(error);
    const status = aborted ? JOB_STATUS.ABORTED : JOB_STATUS.ERROR;
    const result = aborted ? { message } : describeError(error);
    processor.logger.error(`execution (${run.id}) run instruction [${invocation.node.type}] for node (#${invocation.node.id}) failed: ${message}`, {
      error,
    });
    const { input, node } = invocation;
    if (input && input.nodeId === node.id && !invocation.rerun) {
      run.updateJob(input, { status, result });
      return this.finishAborted(run, processor) ?? { type: 'job', jobId: input.id };
    }
    const job = processor.addJob({ status, result, nodeId: node.id, nodeKey: node.key, upstreamId: input?.id ?? null });
    return this.finishAborted(run, processor) ?? { type: 'job', jobId: job.id };
  }

  async leave(run: Run): Promise<void> {
    const status = run.lost ? JOB_STATUS.ABORTED : run.endStatus ?? JOB_STATUS.PENDING;
    const hadOpenScope = await this.processorOf(run).closeScopeTransactions(status);
    if (hadOpenScope && run.endStatus === null) {
      run.finish(JOB_STATUS.ERROR);
    }
  }

  private toOutcome(run: Run, processor: Processor, { node, input }: Invocation, result: InstructionResult): Outcome {
    if (isBranchResult(result)) {
      const job = isModel(result.job)
        ? processor.stateOf(processor.saveJob(result.job))
        : processor.addJob({ ...result.job, nodeId: node.id, nodeKey: node.key, upstreamId: input?.id ?? null });
      return { type: 'branch', jobId: job.id, headId: String(result.head.id) };
    }
    if (result === null || result === undefined) {
      if (result === null && this.closeScopes(run, processor)) {
        return { type: 'exit', status: JOB_STATUS.ERROR };
      }
      return this.finishAborted(run, processor) ?? { type: 'leave' };
    }
    if (input && (result as unknown) === input) {
      return this.finishAborted(run, processor) ?? { type: 'job', jobId: input.id };
    }
    const job = isModel(result)
      ? processor.stateOf(processor.saveJob(result))
      : processor.addJob({ ...result, nodeId: node.id, nodeKey: node.key, upstreamId: result.upstreamId ?? input?.id ?? null });
    return this.finishAborted(run, processor) ?? { type: 'job', jobId: job.id };
  }

  /** A node that comes back after the abort keeps its job, but the execution ends aborted. */
  private finishAborted(run: Run, processor: Processor): Outcome | null {
    if (!processor.abortedBecause || run.ended) {
      return null;
    }
    run.endWith(EXECUTION_STATUS.ABORTED, processor.abortedBecause);
    return { type: 'leave' };
  }

  /** Waiting inside an open transaction scope is not possible: the scope ends with an error. @returns whether there was one */
  private closeScopes(run: Run, processor: Processor): boolean {
    if (!processor.scopeTransactions.isOpen || run.ended) {
      return false;
    }
    for (const job of run.latestJobs()) {
      if (job.status === JOB_STATUS.PENDING) {
        run.updateJob(job, {
          status: JOB_STATUS.ERROR,
          result: { message: 'Pending jobs are not allowed inside an open transaction scope' },
        });
      }
    }
    return true;
  }

  private inputOf(
    run: Run,
    processor: Processor,
    { input, rerun }: Invocation,
    { readsPlainJobs }: InstructionInterface,
  ): unknown {
    if (input) {
      return readsPlainJobs ? input : processor.model(input);
    }
    return rerun ? { result: run.claim.context } : undefined;
  }

  private modelOf(run: Run, node: NodeSpec): FlowNodeModel {
    return (run.version as LoadedVersion).nodeModels.get(node.id) as FlowNodeModel;
  }
}

function markBackground(run: Run): void {
  const call = run.calls.at(-1);
  if (call) {
    call.background = true;
  }
}

/** What a thrown value leaves in the job: an Error's own fields and its message, anything else as it is. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) {
    return error;
  }
  const { parent: _parent, original: _original, sql: _sql, ...fields } = { ...error } as Record<string, unknown>;
  try {
    JSON.stringify(fields);
  } catch {
    return { message: error.message };
  }
  return { ...fields, message: error.message };
}
