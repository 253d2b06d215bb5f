export { ExecutionsPage as default } from './ExecutionsPage';
