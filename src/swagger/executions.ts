import { list, object, operation, ref, type Path } from './operation';
import { filterByTk, listing, paging, query, reading, selection } from './parameters';

const execution = ref('WorkflowExecution');
const job = ref('WorkflowJob');
const processing = 'A worker is executing it just now.';

/** Paths of `executions` and `jobs`. */
export const executionPaths: Record<string, Path> = {
  '/executions:list': operation({
    method: 'get',
    tag: 'executions',
    summary: 'List runs',
    description:
      'With `count=estimate` it takes the same time for a million rows: `meta` tells `estimated` and `hasNext` then, and rows have `user`, `record`, `versionNumber` and `workflow`.',
    parameters: [...listing, query('count', 'How to count.', { type: 'string', enum: ['estimate'] })],
    data: list(ref('WorkflowExecutionLine')),
    meta: {
      ...paging,
      properties: { ...paging.properties, estimated: { type: 'boolean' }, hasNext: { type: 'boolean' } },
    },
  }),
  '/executions:watch': operation({
    method: 'post',
    tag: 'executions',
    summary: 'Be told over the websocket how runs get on',
    description:
      'Messages of type `workflow:execution:changed`, a few a second at most. Ends after a minute unless it is asked for again, and when the run ends.',
    parameters: [
      { ...filterByTk, required: false, description: 'A run, with its jobs.' },
      query('key', 'Key of a workflow: its runs, without jobs. Neither id nor key: all runs.', { type: 'string' }),
    ],
    data: object({ until: { type: 'string', format: 'date-time' } }),
    errors: { 400: 'A wrong id or key.' },
  }),
  '/executions:replay': operation({
    method: 'post',
    tag: 'executions',
    summary: 'Execute the same event again, as a new run of the same version',
    description: 'The old run stays as it is. From a node: with copies of the jobs before it.',
    parameters: [filterByTk],
    body: object({ nodeId: { type: 'integer', format: 'int64', nullable: true, description: 'Node to begin with.' } }),
    status: 202,
    data: object({ id: { type: 'integer', format: 'int64' }, workflowId: { type: 'integer', format: 'int64' } }),
    errors: { 400: 'The version is gone, the event is refused, or the node was not executed.', 404: 'There is no such run.' },
  }),
  '/executions:get': operation({
    method: 'get',
    tag: 'executions',
    summary: 'Get a run',
    parameters: [{ ...filterByTk, required: false }, ...reading],
    data: execution,
  }),
  '/executions:destroy': operation({
    method: 'post',
    tag: 'executions',
    summary: 'Delete runs that have ended, with their jobs',
    description: 'Others are skipped: cancel them first.',
    parameters: selection,
    data: { type: 'integer', description: 'How many runs were deleted.' },
    errors: { 400: 'No selection, or a wrong key.' },
  }),
  '/executions:cancel': operation({
    method: 'post',
    tag: 'executions',
    summary: 'Abort a run that waits',
    parameters: [filterByTk],
    data: execution,
    errors: { 400: 'It has ended.', 404: 'There is no such run.', 409: processing },
  }),
  '/executions:rerun': operation({
    method: 'post',
    tag: 'executions',
    summary: 'Execute a run again, from its head or from a node',
    description: 'For root only.',
    parameters: [filterByTk],
    body: object({
      nodeId: { type: 'integer', format: 'int64', nullable: true, description: 'Node to begin with.' },
      overwrite: {
        type: 'boolean',
        default: false,
        description: 'Write into the latest job of that node instead of a new one.',
      },
    }),
    status: 202,
    data: execution,
    errors: { 400: 'It does not wait, or the node is not in its version.', 404: 'There is no such run.' },
  }),
  '/jobs:get': operation({
    method: 'get',
    tag: 'jobs',
    summary: 'Get a job',
    parameters: [{ ...filterByTk, required: false }, ...reading],
    data: job,
  }),
  '/jobs:explain': operation({
    method: 'get',
    tag: 'jobs',
    summary: 'What a node was told, what it made of it, and why it failed',
    parameters: [filterByTk],
    data: ref('WorkflowJobExplanation'),
    errors: { 404: 'There is no such job.' },
  }),
  '/jobs:resume': operation({
    method: 'post',
    tag: 'jobs',
    summary: 'Set the outcome of a waiting job and go on',
    description: 'For root only.',
    parameters: [filterByTk],
    body: ref('WorkflowJobResume'),
    status: 202,
    data: job,
    errors: {
      400: 'The run is not running any more, or a field is wrong.',
      404: 'There is no such job.',
      409: processing,
    },
  }),
};
