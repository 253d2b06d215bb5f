export { layoutFlow } from './layout';
export { METRICS } from './metrics';
export { areaOf, roundedPath, type Point } from './path';
export type * from './types';
