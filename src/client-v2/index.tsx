/** Module `@nocobase/plugin-workflow/client-v2`: what extensions import in either browser client. */
export { PluginWorkflowClientV2, PluginWorkflowClientV2 as default } from './plugin';

export { Instruction, type NodeAvailableContext } from './registry/Instruction';
export { Trigger } from './registry/Trigger';
export { withRegistries } from './registry/withRegistries';
export type * from './registry/types';

export {
  AddNodeContext,
  BranchRenderContext,
  CurrentWorkflowContext,
  FlowContext,
  HideVariableContext,
  NodeContext,
  WorkflowTaskRecordContext,
  WorkflowVariableSourceContext,
  useBranchContext,
  useBranchIndex,
  useCurrentWorkflowContext,
  useFlowContext,
  useHideVariable,
  useNodeContext,
} from './contexts/shared';

export {
  ExecutionReasonOptions,
  ExecutionReasonOptionsMap,
  ExecutionStatusOptions,
  ExecutionStatusOptionsMap,
  JobStatusOptions,
  JobStatusOptionsMap,
} from './status/options';

export { LogCollapse } from './canvas/LogCollapse';
export { Branch, NodeDefaultView } from './canvas/NodeDefaultView';
export {
  CheckboxGroupWithTooltip,
  RadioWithTooltip,
  type CheckboxGroupWithTooltipOption,
  type RadioWithTooltipOption,
} from './canvas/RadioWithTooltip';
export { renderEngineReference } from './canvas/engineReference';
export { laterVersion } from './canvas/laterVersion';
export {
  getInstructionAvailable,
  linkNodes,
  traverseSchema,
  updateNodeConfig,
  useAvailableUpstreams,
  useGetAriaLabelOfAddButton,
  useNodeSavedConfig,
  useUpstreamScopes,
  useWorkflowAnyExecuted,
  useWorkflowExecuted,
} from './canvas/nodes';
export { useStyles } from './canvas/useStyles';
export {
  AppendsSelect,
  AssignedFieldsEditor,
  CalculationConfig,
  CollectionCascader,
  ConditionField,
  FieldsSelect,
  FilterDynamicComponent,
  PaginationFields,
  SortFieldsInput,
  TriggerCollectionRecordSelect,
  UsersSelect,
} from './canvas/editors';

export {
  getCollection,
  getCollectionFieldOptions,
  getCollectionFields,
  getCollectionManagerAdapter,
  getCollectionOptions,
  hasFieldName,
  isAssociationField,
  isDateField,
  isUserKeyField,
} from './collections/fields';
export { joinCollectionName, parseCollectionName } from './collections/names';

export {
  WorkflowTypedVariableInput,
  WorkflowVariableInput,
  WorkflowVariableJsonTextArea,
  WorkflowVariableTag,
  WorkflowVariableTextArea,
  WorkflowVariableWrapper,
} from './variables/inputs';
export {
  BaseTypeSets,
  WORKFLOW_TYPED_CONSTANT_TYPES,
  defaultFieldNames,
  nodesOptions,
  scopeOptions,
  systemOptions,
  triggerOptions,
  useWorkflowVariableOptions,
} from './variables/options';

export {
  TASK_STATUS,
  TASK_STATUS_VALUES,
  getAvailableWorkflowTaskTypeKeys,
  getWorkflowTaskRecordKey,
  getWorkflowTaskRegistry,
  getWorkflowTaskTypeKeys,
  normalizeWorkflowTaskCountsResponse,
  normalizeWorkflowTaskRecordResponse,
  normalizeWorkflowTaskRecordsResponse,
  normalizeWorkflowTaskStatus,
  useWorkflowTaskCounts,
  useWorkflowTaskRecord,
} from './tasks/tasks';

export {
  NodeDetailsGridModel,
  NodeDetailsModel,
  NodeValueModel,
  TaskCardCommonItemModel,
  WorkflowTasksTopbarActionModel,
} from './models/models';

export * from './host/routes';
export { tExpr, useCompiledText, useT } from './host/translation';
export { WorkflowSettingsPage } from './pages/WorkflowSettingsPage';
