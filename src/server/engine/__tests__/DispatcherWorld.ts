import { vi } from 'vitest';
import { JOB_STATUS } from '../../../common/status';
import { Committer } from '../Committer';
import { Dispatcher, type DispatcherDeps, type DispatcherOptions } from '../Dispatcher';
import { Driver } from '../Driver';
import type { EngineLog } from '../ports';
import type { Run } from '../Run';
import { flow, item, type TestVersion } from './flow';
import { MemoryStore } from './MemoryStore';
import { TestInvoker, type NodeType } from './TestInvoker';

const isConnectionFailure = (error: unknown) => (error as Error).message === 'connection gone';

/** Dispatchers over one store, with fake timers: time passes only inside `until()` and `pass()`. */
export class DispatcherWorld {
  readonly store = new MemoryStore({ now: () => Date.now() });
  readonly versions = new Map<string, TestVersion>();
  /** executions inside a gate node, in the order in which they got there */
  readonly entered: string[] = [];
  readonly settled: Run[] = [];
  readonly claims: number[] = [];
  readonly logged: string[] = [];
  serving = true;
  private isClosing = false;
  private readonly gates = new Map<string, () => void>();
  private readonly dispatchers: Dispatcher[] = [];

  constructor() {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    this.store.onClaim = () => {
      this.claims.push(Date.now());
    };
  }

  async close(): Promise<void> {
    this.isClosing = true;
    this.open(...this.gates.keys());
    let isStopped = false;
    void Promise.all(this.dispatchers.map((dispatcher) => dispatcher.stop())).then(() => (isStopped = true));
    await this.until(() => isStopped);
    vi.useRealTimers();
  }

  /** Executions stay in its gate until `open()`. */
  addWorkflow(key: string, { keys = ['gate'], concurrency = 1 }: { keys?: string[]; concurrency?: number } = {}): void {
    this.versions.set(key, flow(keys.map((name) => item(name)), { id: key, key, concurrency }));
    this.store.workflows.set(key, { enabled: true, concurrency });
  }

  /** Queues executions of a workflow. @returns their ids */
  add(key: string, count = 1): string[] {
    return Array.from({ length: count }, () => this.store.addExecution({ key, workflowId: key }));
  }

  open(...ids: string[]): void {
    for (const id of ids) {
      this.gates.get(id)?.();
      this.gates.delete(id);
    }
  }

  /** Time passes until something is the case. */
  async until(isSo: () => boolean, what = isSo.toString()): Promise<void> {
    for (let i = 0; i < 2_000; i += 1) {
      await this.settle();
      if (isSo()) {
        return;
      }
      await vi.advanceTimersByTimeAsync(10);
    }
    throw new Error(`it never happens: ${what}`);
  }

  async pass(ms: number): Promise<void> {
    await this.settle();
    for (let rest = ms; rest > 0; rest -= 10) {
      await vi.advanceTimersByTimeAsync(Math.min(rest, 10));
      await this.settle();
    }
  }

  statusOf(id: string): number | null {
    return this.store.execution(id).status;
  }

  createDispatcher(
    { neighbours, ...options }: Partial<DispatcherOptions> & Pick<DispatcherDeps, 'neighbours'> = {},
    types: Record<string, NodeType> = {},
  ): Dispatcher {
    const { store } = this;
    const gate: NodeType = {
      kind: 'effect',
      run: async ({ run }) => {
        this.entered.push(run.id);
        if (!this.isClosing) {
          await new Promise<void>((resolve) => this.gates.set(run.id, resolve));
        }
        return { status: JOB_STATUS.RESOLVED };
      },
    };
    const pass: NodeType = {
      run: ({ run }) => {
        this.entered.push(run.id);
        return { status: JOB_STATUS.RESOLVED };
      },
    };
    const wait: NodeType = { run: () => ({ status: JOB_STATUS.PENDING }), resume: ({ input }) => input };
    const invoker = new TestInvoker(store, { gate, pass, wait, ...types });
    const write = (message: string) => this.logged.push(message);
    const log: EngineLog = { debug: write, info: write, warn: write, error: write };
    const clock = { now: () => Date.now() };
    const driver = new Driver({
      store,
      committer: new Committer(store, isConnectionFailure),
      invoker,
      clock,
      log,
      isConflict: () => false,
      isConnectionFailure,
      isStorageFailure: isConnectionFailure,
    });
    invoker.driver = driver;
    const dispatcher = new Dispatcher(
      {
        store,
        driver,
        clock,
        log,
        versions: { load: async (id) => this.versions.get(id) },
        serving: () => this.serving,
        neighbours,
        onSettled: (run) => this.settled.push(run),
      },
      { owner: 'me', leaseMs: 9_000, batch: 8, parallel: 10, idlePollMs: 1_000, busyPollMs: 40, ...options },
    );
    this.dispatchers.push(dispatcher);
    return dispatcher;
  }

  private async settle(): Promise<void> {
    for (let i = 0; i < 20; i += 1) {
      await new Promise(setImmediate);
    }
  }
}
