export { FlowSaver } from './FlowSaver';
export type * from './types';
