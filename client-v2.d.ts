export * from './dist/client-v2/index';
export { default } from './dist/client-v2/index';
