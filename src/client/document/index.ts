export { DocumentError, type DocumentErrorCode } from './DocumentError';
export { indexOf, occupant, type BranchHead, type FlowIndex } from './FlowIndex';
export * from './build';
export * from './commands/branches';
export { canMove, moveNode, moveNodes, rootsOf } from './commands/move';
export {
  insertNode,
  removeNode,
  renameNode,
  setTrigger,
  updateConfig,
  updateConfigs,
  type InsertNode,
  type NewNode,
  type RemoveNode,
} from './commands/nodes';
export * from './commands/notes';
export * from './commands/selection';
export * from './compare';
export * from './history';
export * from './clipboard';
export * from './commands/paste';
export * from './references';
export * from './savePayload';
export * from './search';
export * from './validate';
export type * from './types';
export * from './walk';
export type { WorkflowSummary } from './workflow';
