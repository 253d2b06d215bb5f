import { EXECUTION_STATUS, JOB_STATUS } from '../common/status';
import { list, object, type Schema } from './operation';

const id: Schema = { type: 'integer', format: 'int64' };
const nullableId: Schema = { ...id, nullable: true };
const text: Schema = { type: 'string', nullable: true };
const time: Schema = { type: 'string', format: 'date-time', nullable: true };
const config: Schema = { type: 'object', additionalProperties: true, description: 'Depends on the type.' };
const anything: Schema = { description: 'Any JSON value.', nullable: true };
const numbers: Schema = object({ pending: { type: 'integer' }, all: { type: 'integer' } });

const describeStatus = (statuses: object) =>
  Object.entries(statuses)
    .map(([name, value]) => `${value} ${name}`)
    .join(', ');

const options: Schema = {
  type: 'object',
  additionalProperties: true,
  properties: {
    timeout: {
      type: 'integer',
      minimum: 0,
      maximum: 180 * 24 * 60 * 60 * 1000,
      description: 'Milliseconds from start to abort; 0 = no limit.',
    },
    stackLimit: {
      type: 'integer',
      minimum: 1,
      default: 1,
      description: 'How many runs of this version may stand in one chain of triggers.',
    },
    deleteExecutionOnStatus: { ...list({ type: 'integer' }), description: 'Runs that end so are deleted.' },
    retention: {
      ...object({
        days: { type: 'number', nullable: true },
        count: { type: 'integer', nullable: true },
        statuses: { ...list({ type: 'integer' }), nullable: true, description: 'Only runs that ended so.' },
      }),
      nullable: true,
      description: 'Ended runs that are older, and those beyond the newest so many, are deleted.',
    },
    concurrency: {
      type: 'integer',
      minimum: 1,
      default: 1,
      description: 'How many asynchronous runs go on at once; 1 = in the order of their triggers.',
    },
  },
};

const editable: Record<string, Schema> = {
  title: { ...text, maxLength: 255 },
  description: { ...text, maxLength: 16000 },
  enabled: { type: 'boolean' },
  triggerTitle: { ...text, maxLength: 255 },
  versionName: { ...text, maxLength: 255, description: 'To find this version again.' },
  options,
  categories: { ...list({ oneOf: [id, object({ id })] }), description: 'Ids, or records with their ids.' },
};

const place: Record<string, Schema> = {
  upstreamId: { ...nullableId, description: 'Node before it; null = it begins the workflow.' },
  branchIndex: {
    type: 'integer',
    minimum: 0,
    nullable: true,
    description: 'Branch of the upstream that it begins; null = on the chain.',
  },
};

const workflow: Record<string, Schema> = {
  id,
  key: { type: 'string', description: 'Shared by all versions.' },
  ...editable,
  type: { type: 'string', description: 'Trigger type.', example: 'action' },
  config,
  sync: { type: 'boolean', description: 'Runs within the request.' },
  current: { type: 'boolean', nullable: true, description: 'true for one version per key, null for the others.' },
  invalid: { type: 'boolean' },
  createdAt: time,
  updatedAt: time,
  createdById: nullableId,
  updatedById: nullableId,
};

const notes: Schema = list(
  object({
    id: { type: 'string' },
    at: { ...text, description: 'Key of a node; null = the trigger.' },
    text: { type: 'string' },
    color: { type: 'string' },
  }),
);

const person: Schema = { ...object({ id, nickname: text, username: text }), nullable: true };

const fault: Record<string, Schema> = {
  nodeKey: { type: 'string' },
  field: { type: 'string', example: 'config.collection' },
  message: { type: 'string' },
};

const execution: Record<string, Schema> = {
  id,
  workflowId: id,
  key: { type: 'string' },
  eventKey: { type: 'string' },
  context: anything,
  status: { type: 'integer', nullable: true, description: describeStatus(EXECUTION_STATUS) },
  reason: { ...text, enum: ['timeout', 'manual_cancel', 'parent_aborted', null] },
  parentExecutionId: nullableId,
  stack: { ...list(id), nullable: true },
  output: anything,
  manually: { type: 'boolean', nullable: true },
  startedAt: time,
  expiresAt: time,
  createdAt: time,
  endedAt: time,
  source: { ...text, description: 'Type of the trigger, `manual` or `replay`.' },
  userId: { ...nullableId, description: 'Who acted.' },
  recordKey: { ...text, description: 'Key of the record that the event was about.' },
};

const job: Record<string, Schema> = {
  id: { ...id, description: 'A decimal string beyond 2^53.' },
  executionId: id,
  nodeId: id,
  nodeKey: { type: 'string' },
  upstreamId: nullableId,
  status: { type: 'integer', description: describeStatus(JOB_STATUS) },
  result: anything,
  meta: anything,
  log: text,
  startedAt: time,
};

/** Components of the document, prefixed because the host merges the documents of all plugins. */
export const schemas: Record<string, Schema> = {
  WorkflowErrors: object({ errors: list(object({ code: { type: 'string' }, ...fault })) }),

  Workflow: object(workflow),
  WorkflowWithRevision: object({
    ...workflow,
    revision: { type: 'string', description: 'Changes with every edit of trigger, nodes or notes.' },
    notes,
  }),
  WorkflowFlow: object({
    base: { ...text, description: 'The revision that was edited; null = do not check.' },
    trigger: object({ title: text, config }),
    notes: { ...notes, description: 'All of them, when any has changed.' },
    nodes: object({
      put: list(
        object(
          {
            key: { type: 'string' },
            type: { type: 'string' },
            title: text,
            config,
            upstream: { ...text, description: 'Key of the node before it; null = it begins the workflow.' },
            branch: { type: 'integer', minimum: 0, nullable: true, description: 'Branch of the upstream that it begins.' },
            downstream: { ...text, description: 'Key of the node after it on the chain.' },
          },
          ['key', 'type'],
        ),
      ),
      remove: list({ type: 'string', description: 'Key of a node.' }),
    }),
  }),
  WorkflowFlowFault: object(fault),
  WorkflowCreate: object(
    {
      ...editable,
      type: { type: 'string', example: 'action' },
      config,
      sync: { type: 'boolean' },
      key: { type: 'string' },
      current: { type: 'boolean', nullable: true },
    },
    ['type'],
  ),
  WorkflowUpdate: object({ ...editable, config: { ...config, description: 'Only until the version is executed.' } }),
  WorkflowRevision: object({ ...editable, current: { type: 'boolean', nullable: true } }),
  WorkflowProblem: object({
    nodeId: id,
    nodeKey: { type: 'string' },
    field: { type: 'string', example: 'config.collection' },
    code: {
      type: 'string',
      enum: [
        'no-head',
        'several-heads',
        'broken-link',
        'shared-place',
        'unreachable',
        'unknown-type',
        'unavailable-type',
        'invalid-config',
        'unknown-collection',
        'unknown-variable',
        'waits-in-sync',
      ],
    },
    message: { type: 'string' },
  }),

  WorkflowNode: object({
    id,
    key: { type: 'string', description: 'Stable over versions; variables refer to it.' },
    title: text,
    type: { type: 'string', example: 'condition' },
    config,
    workflowId: id,
    ...place,
    downstreamId: { ...nullableId, description: 'Node after it on the chain.' },
  }),
  WorkflowNodePlace: object(place),
  WorkflowNodeCreate: object({ type: { type: 'string' }, title: text, config, key: { type: 'string' }, ...place }, [
    'type',
  ]),
  WorkflowNodeUpdate: object({ title: text, type: { type: 'string' }, config, branchIndex: place.branchIndex! }),

  WorkflowActivity: object({
    lastDay: { type: 'integer', description: 'Runs that were triggered in the last 24 hours.' },
    failedLastDay: { type: 'integer', description: 'Those of them that ended without success.' },
    lastRun: { ...object({ id, status: { type: 'integer', nullable: true }, at: time }), nullable: true },
  }),
  WorkflowFinding: object({
    code: { type: 'string', example: 'orphan-job' },
    level: { type: 'string', enum: ['error', 'warning'] },
    message: { type: 'string' },
    count: { type: 'integer' },
    more: { type: 'boolean', description: 'There are others.' },
    places: list(object({ id: { description: 'Of the row.' }, detail: { nullable: true } })),
    repair: { ...text, description: 'What a repair does; null = somebody has to decide.' },
  }),
  WorkflowVersion: object({
    id,
    key: { type: 'string' },
    number: { type: 'integer', description: '1 = the first version.' },
    title: text,
    versionName: text,
    enabled: { type: 'boolean' },
    current: { type: 'boolean', nullable: true },
    executed: { type: 'integer', description: 'Runs of this version.' },
    createdAt: time,
    updatedAt: time,
    createdBy: person,
    updatedBy: person,
  }),
  WorkflowImpact: object({
    workflows: { type: 'integer', description: 'That go as a whole.' },
    versions: { type: 'integer' },
    nodes: { type: 'integer' },
    executions: { type: 'integer', description: 'Of all time; they stay.' },
    unfinished: { type: 'integer', description: 'Runs that will not be able to go on.' },
    tasks: { type: 'integer', description: 'To-dos that nobody has done yet.' },
  }),
  WorkflowSamples: object({
    executionId: nullableId,
    at: time,
    context: anything,
    results: { type: 'object', additionalProperties: true, description: 'By key of the node.' },
  }),

  WorkflowExecution: object(execution),
  WorkflowExecutionLine: object({
    ...execution,
    user: person,
    record: { ...object({ collection: text, id: { type: 'string' } }), nullable: true },
    versionNumber: { type: 'integer', nullable: true },
    workflow: { type: 'object', nullable: true, additionalProperties: true },
  }),
  WorkflowJob: object(job),
  WorkflowJobExplanation: object({
    ...job,
    input: { ...anything, description: 'Config of the node with its variables resolved.' },
    inputError: { type: 'string', description: 'Why it could not be resolved.' },
    error: { ...object({ message: { type: 'string' }, cause: text, stack: text }), nullable: true },
  }),
  WorkflowJobResume: object({ status: { type: 'integer' }, result: anything, meta: anything, log: text }),

  WorkflowCategory: object({
    id,
    title: text,
    color: { type: 'string', default: 'default' },
    sort: { type: 'integer' },
  }),
  WorkflowUserTasks: object({ userId: id, type: { type: 'string' }, stats: numbers }),
  WorkflowUserTaskStats: object({ workflowKey: { type: 'string' }, title: { type: 'string' }, stats: numbers }),
};
