export * from './dist/client/index';
export { default } from './dist/client/index';
