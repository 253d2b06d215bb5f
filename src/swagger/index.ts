import { executionPaths } from './executions';
import { nodePaths } from './nodes';
import { schemas } from './schemas';
import { taskPaths } from './tasks';
import { workflowPaths } from './workflows';

/** OpenAPI document of every action, read by the host's API documentation. */
export default {
  openapi: '3.0.2',
  info: { title: 'NocoBase API - Workflow plugin' },
  paths: { ...workflowPaths, ...nodePaths, ...executionPaths, ...taskPaths },
  components: { schemas },
};
