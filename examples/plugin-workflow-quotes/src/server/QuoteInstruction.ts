import { Instruction, JOB_STATUS, type FlowNodeModel, type IJob, type JobModel, type ProcessorContract } from '@nocobase/plugin-workflow';

interface Config {
  url: string;
  symbol: string;
}

/** Asks a service for the price of something, in the background: the lane of the workflow goes on meanwhile. */
export class QuoteInstruction extends Instruction {
  override validateConfig({ url, symbol }: Partial<Config>): Record<string, string> | null {
    if (!url) return { url: '"url" is required' };
    return symbol ? null : { symbol: '"symbol" is required' };
  }

  override async run(node: FlowNodeModel, input: JobModel | undefined, processor: ProcessorContract, options: { idempotencyKey?: string } = {}) {
    const config = processor.getParsedValue(node.config, node.id) as Config;
    const { id } = processor.saveJob({ status: JOB_STATUS.PENDING, nodeId: node.id, nodeKey: node.key, upstreamId: input?.id ?? null });
    // From here on the engine knows that we work in the background: if this process dies, it calls us again with the same key.
    const handle = processor.createBackgroundAbortHandle();
    await processor.exit();
    void this.ask(config, options.idempotencyKey ?? '', handle.signal)
      .then((job) => this.answer(id, job))
      .finally(() => handle.dispose());
    return undefined;
  }

  override async resume(_node: FlowNodeModel, job: JobModel) {
    return job;
  }

  override test(config: Config): Promise<IJob> {
    return this.ask(config, 'test');
  }

  private async ask({ url, symbol }: Config, key: string, signal?: AbortSignal): Promise<IJob> {
    try {
      const response = await fetch(`${url}?symbol=${encodeURIComponent(symbol)}`, { signal, headers: { 'Idempotency-Key': key } });
      const { price } = (await response.json()) as { price: number };
      return { status: response.ok ? JOB_STATUS.RESOLVED : JOB_STATUS.FAILED, result: { symbol, price } };
    } catch (error) {
      return { status: JOB_STATUS.ERROR, result: { message: (error as Error).message } };
    }
  }

  private async answer(jobId: string | number, values: IJob): Promise<void> {
    const job = (await this.workflow.db.getRepository('jobs').findOne({ filterByTk: jobId })) as unknown as JobModel | null;
    if (job?.status === JOB_STATUS.PENDING) {
      job.set(values as never);
      await this.workflow.resume(job);
    }
  }
}
