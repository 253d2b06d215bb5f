import { list, object, operation, ref, type Path } from './operation';
import { filterByTk, listing, paging, query, reading, selection } from './parameters';

const tag = 'workflows';
const workflow = ref('Workflow');
const badInput = 'A field is missing or wrong; each message names one.';
const notFound = 'There is no such version.';

/** Paths of `workflows`. */
export const workflowPaths: Record<string, Path> = {
  '/workflows:list': operation({
    method: 'get',
    tag,
    summary: 'List versions',
    parameters: listing,
    data: list(workflow),
    meta: paging,
  }),
  '/workflows:get': operation({
    method: 'get',
    tag,
    summary: 'Get a version',
    parameters: [{ ...filterByTk, required: false }, ...reading],
    data: ref('WorkflowWithRevision'),
  }),
  '/workflows:examine': operation({
    method: 'get',
    tag,
    summary: 'Look whether what is stored is as it has to be',
    description: 'Changes nothing. It reads whole tables: not for every minute.',
    data: object({ checked: { type: 'integer', description: 'How many invariants.' }, findings: list(ref('WorkflowFinding')) }),
  }),
  '/workflows:repair': operation({
    method: 'post',
    tag,
    summary: 'Heal what has been found and can be healed safely',
    body: object({ codes: { ...list({ type: 'string' }), description: 'Invariants that do not hold.' } }, ['codes']),
    data: object({ repaired: list(ref('WorkflowFinding')), findings: { ...list(ref('WorkflowFinding')), description: 'What is left.' } }),
    errors: { 400: 'No codes, or one without a repair.' },
  }),
  '/workflows:overview': operation({
    method: 'get',
    tag,
    summary: 'What happened to workflows lately',
    parameters: [query('keys', 'Keys of workflows; without any: all.', list({ type: 'string' }))],
    data: { type: 'object', additionalProperties: ref('WorkflowActivity'), description: 'By key.' },
    errors: { 400: 'Not a list of at most 500 keys.' },
  }),
  '/workflows:versions': operation({
    method: 'get',
    tag,
    summary: 'All versions of a workflow, the latest first',
    parameters: [
      { ...filterByTk, required: false, description: 'Id of any of its versions.' },
      query('key', 'Key of the workflow, instead of an id.', { type: 'string' }),
    ],
    data: list(ref('WorkflowVersion')),
    errors: { 400: 'Neither id nor key.', 404: notFound },
  }),
  '/workflows:impact': operation({
    method: 'get',
    tag,
    summary: 'What would go when versions were deleted',
    parameters: selection,
    data: ref('WorkflowImpact'),
    errors: { 400: 'No selection, or a wrong key.' },
  }),
  '/workflows:samples': operation({
    method: 'get',
    tag,
    summary: 'What variables held in the last run',
    description: 'Long texts and lists are cut, secrets are masked.',
    parameters: [filterByTk],
    data: ref('WorkflowSamples'),
    errors: { 404: notFound },
  }),
  '/workflows:previewSchedule': operation({
    method: 'post',
    tag,
    summary: 'When a schedule would fire next',
    parameters: [{ ...filterByTk, required: false, description: 'The version, so that its runs count against the limit.' }],
    body: object({
      config: { type: 'object', additionalProperties: true, description: 'Config of a schedule trigger.' },
      count: { type: 'integer', minimum: 1, maximum: 100, default: 5 },
    }),
    data: object({
      occurrences: list({ type: 'string', format: 'date-time' }),
      timezone: { type: 'string', example: 'Europe/Stockholm' },
    }),
    errors: { 400: badInput },
  }),
  '/workflows:saveFlow': operation({
    method: 'post',
    tag,
    summary: 'Save what an editor has changed: trigger, notes and nodes',
    description: 'All of it or nothing. A version that is off may have gaps in its configs; they are answered as problems.',
    parameters: [filterByTk],
    body: ref('WorkflowFlow'),
    data: object({
      revision: { type: 'string', description: 'The new one, `base` of the next request.' },
      ids: { type: 'object', additionalProperties: { type: 'integer', format: 'int64' }, description: 'Ids of all nodes by key.' },
      problems: list(ref('WorkflowFlowFault')),
    }),
    errors: {
      400: 'Something is wrong; each error names `nodeKey` and `field`. Or the version has been executed (`WF_EXECUTED`).',
      404: notFound,
      409: '`base` is not the present revision (`WF_CONFLICT`).',
    },
  }),
  '/workflows:create': operation({
    method: 'post',
    tag,
    summary: 'Create a workflow',
    body: ref('WorkflowCreate'),
    data: workflow,
    errors: { 400: badInput },
  }),
  '/workflows:update': operation({
    method: 'post',
    tag,
    summary: 'Change a version',
    description: 'Other fields than those below are ignored.',
    parameters: [filterByTk],
    body: ref('WorkflowUpdate'),
    data: list(workflow),
    errors: { 400: `${badInput} Or the config of an executed version was sent.`, 404: notFound },
  }),
  '/workflows:destroy': operation({
    method: 'post',
    tag,
    summary: 'Delete versions',
    description: 'A current version takes all other versions of its workflow along. Runs stay.',
    parameters: selection,
    data: { type: 'integer', description: 'How many versions were deleted.' },
    errors: { 400: 'No selection, or a wrong key.' },
  }),
  '/workflows:revision': operation({
    method: 'post',
    tag,
    summary: 'Copy a version',
    parameters: [
      filterByTk,
      query('filter[key]', 'Key of the workflow: makes a new version of it. Without it: a workflow of its own.', {
        type: 'string',
      }),
    ],
    body: ref('WorkflowRevision'),
    data: workflow,
    errors: { 400: badInput, 404: notFound },
  }),
  '/workflows:sync': operation({
    method: 'post',
    tag,
    summary: 'Switch triggers as the stored rows say',
    parameters: selection.map((parameter) => ({
      ...parameter,
      description: `${parameter.description} Nothing = all.`,
    })),
    status: 204,
    errors: { 400: 'A wrong key.' },
  }),
  '/workflows:execute': operation({
    method: 'post',
    tag,
    summary: 'Execute a version now, enabled or not',
    description: 'The body is the input of the trigger. Answers when the run has ended or waits.',
    parameters: [
      filterByTk,
      query('autoRevision', '1 makes a new version afterwards.', { type: 'integer', enum: [0, 1], default: 0 }),
    ],
    body: { type: 'object', additionalProperties: true, example: { data: 1 } },
    data: object({
      execution: {
        type: 'object',
        nullable: true,
        description: 'null: there was nothing to trigger.',
        properties: { id: { type: 'integer', format: 'int64' }, status: { type: 'integer', nullable: true } },
      },
      newVersionId: { type: 'integer', format: 'int64' },
    }),
    errors: { 400: 'A wrong key or input, or the workflow was not triggered.', 404: notFound },
  }),
  '/workflows:validate': operation({
    method: 'get',
    tag,
    summary: 'What keeps a version from working',
    parameters: [filterByTk],
    data: object({ problems: list(ref('WorkflowProblem')) }),
    errors: { 400: 'A wrong key.', 404: notFound },
  }),
};
