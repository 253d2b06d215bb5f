export * from './dist/server/index';
export { default } from './dist/server/index';
