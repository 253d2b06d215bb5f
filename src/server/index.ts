export { default } from './plugin';
export { Processor } from './processor/Processor';
export { Trigger } from './contract/Trigger';
export { Instruction, intoBranch } from './contract/Instruction';
export { abortExecution } from './runs/abort';
export { WorkflowTimeoutError, isWorkflowTimeoutError } from './processor/abort';
export { EXECUTION_REASON, EXECUTION_STATUS, JOB_STATUS } from '../common/status';
export { calculators, logicCalculate } from './expressions/calculators';
export { dateRangeFns } from './expressions/dateRange';
export { toJSON } from './expressions/toJSON';
export { validateCollectionField } from './expressions/collectionField';
export {
  getExecutionLockKey,
  getExecutionStatusName,
  getJobLockKey,
  getWorkflowExecutionLogMeta,
  isLockAcquireError,
} from './host/extensionHelpers';
export type * from './contract';
export type { ScopeTransaction, BackgroundAbortHandle, ProcessorOptions } from './contract';
