export { WorkflowsPage as default } from './WorkflowsPage';
