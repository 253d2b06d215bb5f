export { ExecutionPage as default } from './ExecutionPage';
