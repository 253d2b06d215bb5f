export { layoutFlow } from './layout';
export { METRICS } from './metrics';
export { roundedPath, type Point } from './path';
export type * from './types';
