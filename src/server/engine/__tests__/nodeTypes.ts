import { JOB_STATUS } from '../../../common/status';
import type { NodeCall, NodeType } from './TestInvoker';

const { PENDING, RESOLVED } = JOB_STATUS;

const textOf = ({ node, input }: NodeCall) => `${node.key}(${JSON.stringify(input?.result ?? null)})`;

/** Node types of test programs, one for each way in which real nodes use the engine. */
export function createNodeTypes(onEffect: (key: string) => void, effects: readonly string[]): Record<string, NodeType> {
  const act = ({ idempotencyKey }: NodeCall) => onEffect(idempotencyKey);
  return {
    pure: { run: (call) => ({ status: RESOLVED, result: textOf(call) }) },
    fail: { run: ({ node }) => Promise.reject(new Error(`${node.key} failed`)) },
    end: {
      run: (call) => {
        const status = Number(call.config.status ?? RESOLVED);
        call.save({ status });
        return { exit: status };
      },
    },
    effect: {
      kind: 'effect',
      run: (call) => {
        act(call);
        return { status: RESOLVED, result: textOf(call) };
      },
    },
    record: {
      kind: 'database',
      run: (call, store = call.config.store as { record(tx: object, text: string): void }) => {
        store.record(call.tx as object, textOf(call));
        return { status: RESOLVED, result: textOf(call) };
      },
    },
    condition: {
      run: ({ config, heads }) => {
        const job = { status: RESOLVED, result: config.value };
        const head = heads.find(({ branchIndex }) => branchIndex === (config.value ? 1 : 0));
        return head ? { job, head } : job;
      },
      resume: (call) => {
        const { input } = call;
        if (input?.status === PENDING) {
          return null;
        }
        return input?.status === RESOLVED ? call.ownJob() : input;
      },
    },
    /** body `times` times, one after the other; stops at a body that failed */
    loop: {
      run: async (call) => {
        const [head] = call.heads;
        if (!head || !call.config.times) {
          return { status: RESOLVED, result: 0 };
        }
        await call.runBranch(head, call.save({ status: PENDING, result: 0 }));
      },
      resume: async (call) => {
        const job = call.ownJob();
        const [head] = call.heads;
        if (!job || !head || job.status !== PENDING || call.input?.status === PENDING) {
          return null;
        }
        if ((call.input?.status ?? 0) < 0) {
          call.update(job, { status: call.input?.status ?? 0 });
          return job;
        }
        const looped = Number(job.result) + 1;
        const isDone = looped >= Number(call.config.times);
        call.update(job, { status: isDone ? RESOLVED : PENDING, result: looped });
        if (isDone) {
          return job;
        }
        await call.runBranch(head, job);
      },
    },
    /** goes into its body only as long as nothing has happened outside: asked again it would decide otherwise */
    while: {
      run: async (call) => {
        const job = call.save({ status: PENDING, result: 0 });
        if (effects.length > 0) {
          call.update(job, { status: RESOLVED, result: 'broken off' });
          return job;
        }
        await call.runBranch(call.heads[0]!, job);
      },
      resume: (call) => {
        const job = call.ownJob()!;
        if (call.input?.status === PENDING) {
          return null;
        }
        call.update(job, { status: RESOLVED, result: 'once' });
        return job;
      },
    },
    /** all branches one after the other; done when each has ended */
    parallel: {
      run: async (call) => {
        const job = call.save({ status: PENDING, result: call.heads.map(() => null) });
        for (const head of call.heads) {
          await call.runBranch(head, job);
        }
      },
      resume: (call) => {
        const job = call.ownJob();
        const { input, run } = call;
        if (!job || !input || job.status !== PENDING) {
          return null;
        }
        let node = run.version.graph.get(input.nodeId);
        while (node && !call.heads.includes(node)) {
          node = run.version.graph.get(node.upstreamId ?? '');
        }
        const index = node ? call.heads.indexOf(node) : -1;
        const statuses = (job.result as Array<number | null>).map((status, i) => (i === index ? input.status : status));
        const isOpen = statuses.some((status) => status === null || status === PENDING);
        call.update(job, { status: isOpen ? PENDING : RESOLVED, result: statuses });
        return isOpen ? null : job;
      },
    },
    /** runs its branch itself, then goes on with code of its own */
    inline: {
      run: async (call) => {
        const job = call.save({ status: PENDING });
        await call.runBranch(call.heads[0]!, job);
        call.update(job, { status: RESOLVED, result: 'after the branch' });
        return job;
      },
      resume: () => null,
    },
    wait: {
      run: () => ({ status: PENDING }),
      resume: ({ input }) => input,
    },
    /** goes on after the second answer */
    patient: {
      run: () => ({ status: PENDING, result: 0 }),
      resume: (call) => {
        const job = call.input!;
        if (Number(job.result) < 2) {
          return null;
        }
        call.update(job, { status: RESOLVED, result: job.result });
        return job;
      },
    },
    /** saves its job, stores it, and works on in the background until somebody resumes the job */
    background: {
      kind: 'effect',
      run: async (call) => {
        call.save({ status: PENDING });
        await call.flush();
        act(call);
        return null;
      },
      resume: ({ input }) => input,
    },
    /** stores its job in the middle, then acts, then is done */
    checkpoint: {
      kind: 'effect',
      run: async (call) => {
        const job = call.save({ status: PENDING });
        await call.flush();
        act(call);
        call.update(job, { status: RESOLVED, result: 'acted' });
        return job;
      },
    },
  };
}

/** What the outside world answers to a waiting job of a test program; undefined for jobs that wait for their branches. */
export function answerTo(nodeKey: string, result: unknown): { status: number; result: unknown } | undefined {
  switch (nodeKey.replace(/\d+$/, '')) {
    case 'wait':
    case 'background':
      return { status: RESOLVED, result: `answer to ${nodeKey}` };
    case 'patient':
      return { status: PENDING, result: Number(result ?? 0) + 1 };
    default:
      return undefined;
  }
}
