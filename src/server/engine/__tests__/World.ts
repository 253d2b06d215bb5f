import { EXECUTION_STATUS, isLive, JOB_STATUS } from '../../../common/status';
import { Committer } from '../Committer';
import { Dispatcher } from '../Dispatcher';
import { Driver } from '../Driver';
import type { EngineLog } from '../ports';
import type { Run } from '../Run';
import { flow, type Item, type TestVersion } from './flow';
import { KilledError, MemoryStore } from './MemoryStore';
import { answerTo, createNodeTypes } from './nodeTypes';
import { TestInvoker, type NodeType } from './TestInvoker';

export interface WorldOptions {
  types?: Record<string, NodeType>;
  version?: Partial<TestVersion>;
}

/** Where a process dies: around its n-th write of runs, or around its n-th call of a node. */
export interface KillPoint {
  what: 'commit' | 'node';
  n: number;
  side: 'before' | 'after';
}

/** One program, its rows, and processes that execute it and die. */
export class World {
  nowMs = Date.UTC(2026, 0, 1);
  readonly clock = { now: () => this.nowMs };
  readonly store = new MemoryStore(this.clock);
  readonly effects: string[] = [];
  readonly called: string[] = [];
  /** how many calls of nodes there had been when each effect happened */
  private readonly effectPositions: number[] = [];
  private readonly lastCallsBeforeKill: number[] = [];
  readonly logged: Array<{ level: keyof EngineLog; message: string }> = [];
  readonly settled: Run[] = [];
  readonly version: TestVersion;
  readonly executionId: string;
  /** how often each kind of place was passed, by the process that lives now */
  readonly passed = { commit: 0, node: 0 };
  private readonly types: Record<string, NodeType>;
  private processes = 0;

  constructor(items: Item[], { types = {}, version = {} }: WorldOptions = {}) {
    for (const { config } of every(items)) {
      config.store = this.store;
    }
    this.version = flow(items, version);
    const act = (key: string) => {
      this.effects.push(key);
      this.effectPositions.push(this.called.length);
    };
    this.types = { ...createNodeTypes(act, this.effects), ...types };
    this.executionId = this.store.addExecution({ key: 'w1' });
  }

  readonly log: EngineLog = {
    debug: (message) => this.logged.push({ level: 'debug', message }),
    info: (message) => this.logged.push({ level: 'info', message }),
    warn: (message) => this.logged.push({ level: 'warn', message }),
    error: (message) => this.logged.push({ level: 'error', message }),
  };

  /** A new process: nothing in memory, the leases of the one before have run out. */
  startProcess(kill?: KillPoint): Dispatcher {
    this.store.restart();
    this.processes += 1;
    Object.assign(this.passed, { commit: 0, node: 0 });
    const pass = (what: KillPoint['what'], side: KillPoint['side']) => {
      if (side === 'before') {
        this.passed[what] += 1;
      }
      if (kill?.what === what && kill.side === side && kill.n === this.passed[what]) {
        this.store.dead = true;
        this.lastCallsBeforeKill.push(this.called.length);
        throw new KilledError('the process was killed');
      }
    };
    const { store, clock, log } = this;
    const invoker = new TestInvoker(store, this.types);
    store.onCommit = (side) => pass('commit', side);
    invoker.onInvoke = (side, { node }) => {
      if (side === 'before') {
        this.called.push(node.key);
      }
      pass('node', side);
    };
    const isConflict = (error: unknown) => (error as Error).message === 'conflict';
    const isConnectionFailure = (error: unknown) => error instanceof KilledError || (error as Error).message === 'connection gone';
    const driver = new Driver({
      store,
      committer: new Committer(store, isConnectionFailure),
      invoker,
      clock,
      log,
      isConflict,
      isConnectionFailure,
      isStorageFailure: isConnectionFailure,
    });
    invoker.driver = driver;
    return new Dispatcher(
      {
        store,
        driver,
        clock,
        log,
        versions: { load: async (id) => (id === this.version.id ? this.version : undefined) },
        serving: () => true,
        onSettled: (run) => this.settled.push(run),
      },
      { owner: `p${this.processes}`, leaseMs: 8000, batch: 10, parallel: 5, idlePollMs: 1000, busyPollMs: 40 },
    );
  }

  /** Lets a process execute whatever can be claimed, until nothing is left, or until it is killed. @returns whether it was */
  async work(kill?: KillPoint): Promise<boolean> {
    const dispatcher = this.startProcess(kill);
    for (;;) {
      const claims = await this.store.claim({ owner: `p${this.processes}`, leaseMs: 8000, limit: 10, exceptKeys: [] });
      if (claims.length === 0) {
        return false;
      }
      for (const claim of claims) {
        try {
          await dispatcher.executeHeld(claim);
        } catch (error) {
          if (!this.store.dead) {
            throw error;
          }
        }
        if (this.store.dead) {
          return true;
        }
      }
    }
  }

  /** Works and answers what waits until the execution has ended or nothing moves it. */
  async finish(kills: KillPoint[] = []): Promise<void> {
    const open = [...kills];
    for (let round = 0; round < 100; round += 1) {
      const isKilled = await this.work(open.shift());
      const answered = !isKilled && this.answerAll();
      if (!isKilled && !answered && open.length === 0) {
        return;
      }
    }
    throw new Error(`the execution does not come to rest: ${JSON.stringify(this.history())}`);
  }

  /** Answers every job that waits for the outside world. @returns whether there was one */
  answerAll(): boolean {
    const { status } = this.store.execution(this.executionId);
    const open = this.store.jobsOf(this.executionId).filter((job) => status === 0 && job.status === 0 && job.waiting);
    const answers = open.flatMap((job) => {
      const values = answerTo(job.nodeKey, job.result);
      return values ? [{ id: job.id, values }] : [];
    });
    answers.forEach(({ id, values }) => this.store.answer(id, values));
    return answers.length > 0;
  }

  /** Somebody cancels the execution, as `abortExecution` does. @returns whether it was live */
  abort(): boolean {
    this.store.restart();
    const row = this.store.execution(this.executionId);
    if (!isLive(row.status)) {
      return false;
    }
    row.status = EXECUTION_STATUS.ABORTED;
    for (const job of this.store.jobsOf(this.executionId)) {
      job.status = job.status === JOB_STATUS.PENDING ? JOB_STATUS.ABORTED : job.status;
    }
    return true;
  }

  /** Effects that happened again although the process had gone on to another node before it was killed. */
  needlesslyRepeated(): string[] {
    return this.effects.filter((key, i) => {
      const isLastCall = this.lastCallsBeforeKill.includes(this.effectPositions[i]!);
      return this.effects.indexOf(key, i + 1) >= 0 && !isLastCall;
    });
  }

  /** What a user sees, without ids. */
  history() {
    const { status, reason, output, cursor, leaseOwner } = this.store.execution(this.executionId);
    const jobs = this.store.jobsOf(this.executionId);
    const keyOf = (id: string | null) => jobs.find((job) => job.id === id)?.nodeKey ?? null;
    return {
      execution: { status, reason, output, cursor, leaseOwner },
      jobs: jobs.map((job) => ({
        node: job.nodeKey,
        after: keyOf(job.upstreamId),
        status: job.status,
        result: job.result,
        waiting: job.waiting,
      })),
      records: [...this.store.records],
      signals: this.store.signals.size,
    };
  }
}

function every(items: Item[]): Item[] {
  return items.flatMap((one) => [one, ...Object.values(one.branches).flatMap(every)]);
}
