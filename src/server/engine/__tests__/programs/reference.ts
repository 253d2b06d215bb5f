import { EXECUTION_STATUS, JOB_STATUS } from '../../../../common/status';
import type { Item } from '../flow';

const { PENDING, RESOLVED, ERROR, ABORTED } = JOB_STATUS;

export interface ReferenceJob {
  node: string;
  after: string | null;
  status: number;
  result: unknown;
}

type After = (job: ReferenceJob) => void;

/**
 * What a program means, written down without the engine: no storage, no leases, no commits, no recovery. Every node
 * type of `nodeTypes.ts` is one case here, and what follows a node is a function that is called with its job.
 */
export class Reference {
  readonly jobs: ReferenceJob[] = [];
  /** what database nodes wrote, in order */
  readonly records: string[] = [];
  /** nodes whose outside effects happened, in order */
  readonly effects: string[] = [];
  /** null: not ended */
  status: number | null = null;
  private open: { job: ReferenceJob; goOn: () => void }[] = [];

  constructor(program: readonly Item[]) {
    this.chain(program, 0, null, (job) => this.end(job.status));
    if (program.length === 0) this.end(RESOLVED);
  }

  get isWaiting(): boolean {
    return this.status === null && this.open.length > 0;
  }

  /** Everybody who is asked answers; then each of them is gone on with, in the order of their jobs. */
  answerAll(): void {
    const asked = this.open.sort((a, b) => this.jobs.indexOf(a.job) - this.jobs.indexOf(b.job));
    this.open = [];
    for (const { job } of asked) Object.assign(job, answerOf(job));
    for (const { goOn } of asked) if (this.status === null) goOn();
  }

  /** Somebody cancels the execution. */
  abort(): void {
    this.end(EXECUTION_STATUS.ABORTED);
  }

  /** What still waits is of no use any more. */
  private end(status: number): void {
    if (status === PENDING || this.status !== null) return;
    this.status = status;
    for (const job of this.jobs) if (job.status === PENDING) job.status = ABORTED;
  }

  private chain(items: readonly Item[], at: number, input: ReferenceJob | null, after: After): void {
    const item = items[at];
    if (!item || this.status !== null) return;
    this.node(item, input, (job) => {
      if (job.status === RESOLVED && at + 1 < items.length) this.chain(items, at + 1, job, after);
      else after(job);
    });
  }

  private save(item: Item, input: ReferenceJob | null, status: number, result: unknown = null): ReferenceJob {
    const job = { node: item.key, after: input?.node ?? null, status, result };
    this.jobs.push(job);
    return job;
  }

  private node(item: Item, input: ReferenceJob | null, after: After): void {
    const text = `${item.key}(${JSON.stringify(input?.result ?? null)})`;
    const branches = Object.values(item.branches).filter(({ length }) => length > 0);
    const ask = (job: ReferenceJob, goOn: () => void) => {
      this.open.push({ job, goOn });
      after(job);
    };
    switch (item.type) {
      case 'pure':
        return after(this.save(item, input, RESOLVED, text));
      case 'effect':
        this.effects.push(item.key);
        return after(this.save(item, input, RESOLVED, text));
      case 'record':
        this.records.push(text);
        return after(this.save(item, input, RESOLVED, text));
      case 'checkpoint':
        this.effects.push(item.key);
        return after(this.save(item, input, RESOLVED, 'acted'));
      case 'fail':
        return after(this.save(item, input, ERROR, { message: `${item.key} failed` }));
      case 'end': {
        const status = Number(item.config.status);
        this.save(item, input, status);
        return this.end(status);
      }
      case 'wait': {
        const job = this.save(item, input, PENDING);
        return ask(job, () => after(job));
      }
      case 'background': {
        const job = this.save(item, input, PENDING);
        this.effects.push(item.key);
        // It says nothing until it is answered: whoever owns the branch does not hear that it waits.
        this.open.push({ job, goOn: () => after(job) });
        return;
      }
      case 'patient': {
        const job = this.save(item, input, PENDING, 0);
        const goOn = () => {
          if (Number(job.result) < 2) {
            this.open.push({ job, goOn });
            return;
          }
          job.status = RESOLVED;
          after(job);
        };
        return ask(job, goOn);
      }
      case 'condition':
        return this.condition(item, input, after);
      case 'loop':
        return this.loop(item, input, branches[0], after);
      case 'parallel':
        return this.parallel(item, input, branches, after);
      case 'inline': {
        const job = this.save(item, input, PENDING);
        this.chain(branches[0] ?? [], 0, job, () => undefined);
        Object.assign(job, { status: RESOLVED, result: 'after the branch' });
        return this.status === null ? after(job) : undefined;
      }
      default:
        throw new Error(`The reference does not know ${item.type}`);
    }
  }

  private condition(item: Item, input: ReferenceJob | null, after: After): void {
    const job = this.save(item, input, RESOLVED, item.config.value);
    const branch = item.branches[item.config.value ? 1 : 0] ?? [];
    if (branch.length === 0) return after(job);
    this.chain(branch, 0, job, (last) => {
      if (last.status !== PENDING) after(last.status === RESOLVED ? job : last);
    });
  }

  private loop(item: Item, input: ReferenceJob | null, body: Item[] | undefined, after: After): void {
    const times = Number(item.config.times);
    if (!body || times === 0) return after(this.save(item, input, RESOLVED, 0));
    const job = this.save(item, input, PENDING, 0);
    const round = () =>
      this.chain(body, 0, job, (last) => {
        if (last.status === PENDING) return;
        if (last.status < 0) {
          job.status = last.status;
          return after(job);
        }
        job.result = Number(job.result) + 1;
        if (job.result !== times) return round();
        job.status = RESOLVED;
        after(job);
      });
    round();
  }

  private parallel(item: Item, input: ReferenceJob | null, branches: Item[][], after: After): void {
    const job = this.save(item, input, PENDING, branches.map(() => null));
    branches.forEach((branch, i) =>
      this.chain(branch, 0, job, (last) => {
        const statuses = (job.result as Array<number | null>).map((status, at) => (at === i ? last.status : status));
        job.result = statuses;
        if (statuses.some((status) => status === null || status === PENDING)) return;
        job.status = RESOLVED;
        after(job);
      }),
    );
  }
}

const answerOf = ({ node, result }: ReferenceJob): Partial<ReferenceJob> =>
  node.startsWith('patient') ? { result: Number(result) + 1 } : { status: RESOLVED, result: `answer to ${node}` };
