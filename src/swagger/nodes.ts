import { object, list, operation, ref, type Path } from './operation';
import { filterByTk, query } from './parameters';
import { schemas } from './schemas';

const tag = 'flow_nodes';
const node = ref('WorkflowNode');
const branch = { type: 'integer', minimum: 0 } as const;
const executed = 'The version has been executed.';
const missing = 'There is no such node.';

const create = {
  method: 'post',
  tag,
  summary: 'Add a node',
  description: 'What stands at its place follows it.',
  body: ref('WorkflowNodeCreate'),
  data: node,
  errors: {
    400: `A field is wrong, the type is unknown or not available, the limit of nodes is reached, or: ${executed}`,
    404: 'There is no such workflow or upstream node.',
  },
} as const;

/** Paths of `flow_nodes` and `workflows.nodes`. */
export const nodePaths: Record<string, Path> = {
  '/workflows/{workflowId}/nodes:create': operation({
    ...create,
    parameters: [
      {
        name: 'workflowId',
        in: 'path',
        description: 'Id of the version.',
        required: true,
        schema: { type: 'integer', format: 'int64' },
      },
    ],
  }),
  '/flow_nodes:create': operation({
    ...create,
    description: `${create.description} As \`workflows/{workflowId}/nodes:create\`, with \`workflowId\` in the body. For root only.`,
  }),
  '/flow_nodes:update': operation({
    method: 'post',
    tag,
    summary: 'Change a node',
    description:
      'A `branchIndex` takes the node and what follows it into that branch of its upstream. Anything else that moves a node is refused.',
    parameters: [filterByTk],
    body: ref('WorkflowNodeUpdate'),
    data: list(node),
    errors: { 400: `A field is wrong, or: ${executed}`, 404: missing },
  }),
  '/flow_nodes:duplicate': operation({
    method: 'post',
    tag,
    summary: 'Copy a node to another place',
    parameters: [filterByTk],
    body: object({
      ...schemas.WorkflowNodePlace!.properties,
      config: { type: 'object', additionalProperties: true, description: 'Instead of the config of the origin.' },
    }),
    data: node,
    errors: { 400: `A wrong place, the limit of nodes is reached, or: ${executed}`, 404: missing },
  }),
  '/flow_nodes:move': operation({
    method: 'post',
    tag,
    summary: 'Move a node with its branches',
    parameters: [filterByTk],
    body: ref('WorkflowNodePlace'),
    data: node,
    errors: {
      400: `The place is the same, below the node itself or in another workflow, or: ${executed}`,
      404: `${missing} Or no such upstream.`,
    },
  }),
  '/flow_nodes:destroy': operation({
    method: 'post',
    tag,
    summary: 'Delete a node with its branches',
    parameters: [filterByTk, query('keepBranch', 'Branch that takes the place of the node.', branch)],
    data: node,
    errors: { 400: `The branch to keep is not there, or: ${executed}`, 404: missing },
  }),
  '/flow_nodes:destroyBranch': operation({
    method: 'post',
    tag,
    summary: 'Delete a branch of a node',
    description: 'Answers the head that was deleted; 204 when the branch was empty.',
    parameters: [
      filterByTk,
      query('branchIndex', 'Index of the branch.', branch, true),
      query('shift', '1 moves the branches after it up by one.', { type: 'integer', enum: [0, 1], default: 0 }),
    ],
    data: node,
    errors: { 400: `A wrong index, or: ${executed}`, 404: missing },
  }),
  '/flow_nodes:test': operation({
    method: 'post',
    tag,
    summary: 'Try a config out',
    description: 'Really does what the node does.',
    body: object({ type: { type: 'string' }, config: { type: 'object', additionalProperties: true } }, ['type']),
    data: object({ status: { type: 'integer' }, result: { nullable: true }, log: { type: 'string', nullable: true } }),
    errors: { 400: 'The type is unknown or cannot be tried out, or the config is wrong.', 500: 'The test threw.' },
  }),
};
