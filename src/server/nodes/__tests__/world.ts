import { Database } from '@nocobase/database';
import type { FlowNodeModel, JobModel, ProcessorContract, WorkflowPlugin } from '../../contract';
import { buildScope, resolveTemplate } from '../../expressions';
import { coreInstructions } from '..';

interface RunOptions {
  context?: unknown;
  /** latest jobs by node key */
  jobs?: Record<string, Partial<JobModel>>;
  branches?: Array<Partial<FlowNodeModel>>;
}

/** What a node did to the run around it. */
export interface Recorded {
  saved: Array<Record<string, unknown>>;
  exits: unknown[];
  outputs: unknown[];
}

/** A database in memory with two collections, and the little of a plugin and a processor that core nodes touch. */
export async function createWorld() {
  const db = new Database({ dialect: 'sqlite', storage: ':memory:', logging: false });
  db.collection({
    name: 'posts',
    fields: [
      { type: 'string', name: 'title' },
      { type: 'integer', name: 'read', defaultValue: 0 },
      { type: 'json', name: 'meta' },
      { type: 'password', name: 'pin', hidden: true },
      { type: 'belongsTo', name: 'category', target: 'categories' },
      { type: 'hasMany', name: 'comments', target: 'comments' },
    ],
  });
  db.collection({ name: 'categories', fields: [{ type: 'string', name: 'title' }] });
  db.collection({ name: 'comments', fields: [{ type: 'string', name: 'content' }, { type: 'belongsTo', name: 'post', target: 'posts' }] });
  await db.sync();

  const dataSources = new Map([['main', { collectionManager: db }]]);
  const plugin = {
    app: { dataSourceManager: { dataSources } },
    useDataSourceTransaction: () => undefined,
  } as unknown as WorkflowPlugin;

  const instruction = (type: string) => {
    const Type = coreInstructions[type];
    if (!Type) {
      throw new Error(`no node type ${type}`);
    }
    return new Type(plugin);
  };

  const createProcessor = ({ context = {}, jobs = {}, branches = [] }: RunOptions = {}) => {
    const recorded: Recorded = { saved: [], exits: [], outputs: [] };
    const scope = () =>
      buildScope({
        context,
        jobsByNodeKey: new Map(Object.entries(jobs)),
        systemFunctions: () => [],
      });
    const processor = {
      execution: { id: 7, stack: [3, 7] },
      transaction: null,
      logger: { error: () => undefined },
      getScope: scope,
      getParsedValue: (value: unknown) => resolveTemplate(value, scope()),
      getScopeTransaction: () => undefined,
      getBranches: () => branches,
      findBranchParentJob: (_job: unknown, node: FlowNodeModel) => jobs[node.key] ?? null,
      saveJob: (job: Record<string, unknown>) => recorded.saved.push(job),
      exit: async (status: unknown) => {
        recorded.exits.push(status);
        return null;
      },
      setOutput: (value: unknown) => recorded.outputs.push(value),
    } as unknown as ProcessorContract;
    return { processor, recorded };
  };

  const createNode = (config: unknown): FlowNodeModel => ({ id: 1, key: 'n1', config }) as FlowNodeModel;

  /** Runs one node on its own. */
  const run = async (type: string, config: unknown, options?: RunOptions & { input?: Partial<JobModel> }): Promise<any> => {
    const { processor } = createProcessor(options);
    return instruction(type).run(createNode(config), options?.input, processor);
  };

  return { db, instruction, createProcessor, createNode, run };
}

export type World = Awaited<ReturnType<typeof createWorld>>;
