/** Module `@nocobase/plugin-workflow/client-v2`: what extensions import in either browser client. */
export { PluginWorkflowClientV2, PluginWorkflowClientV2 as default } from './plugin';

export { Instruction, type NodeAvailableContext } from './registry/Instruction';
export { Trigger } from './registry/Trigger';
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
} from '../client/forms/inputs';

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
} from '../client/forms/inputs';
export {
  BaseTypeSets,
  WORKFLOW_TYPED_CONSTANT_TYPES,
  defaultFieldNames,
  nodesOptions,
  scopeOptions,
  systemOptions,
  triggerOptions,
} from './variables/options';
export { useVariableCascaderOptions, useWorkflowVariableOptions } from './variables/useWorkflowVariableOptions';

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
} from './models';

export * from './host/routes';
export { tExpr, useCompiledText, useT } from './host/translation';

/** For the v1 client's half of this package, which shares this module instead of copying it. */
export {
  BindingField,
  TriggerWorkflowSelect,
  bindableTypes,
  createTriggerWorkflowsSchema,
  registerBinding,
  type BindingPredicateContext,
} from './bind';
export { triggerWorkflowsParam } from '../client/bind/bindings';
export type { BindTarget } from '../client/bind/target';
export { ContractContexts, withContracts } from './bridge/ContractContexts';
export { ContractJobButton, ContractRemoveButton } from './canvas/contractButtons';
export { currentLane, openLane, type Lane } from './host/lane';
export { addPages, settingsPage } from './host/pages';
export type { LegacyRenderer, SchemaOptions } from './kinds/fieldsets';
export { flowValueAt } from './models/flowValue';
export { sharedModels } from './models';
export { withRegistries } from './registry/withRegistries';
export { TaskCentre, type TaskListProps } from './tasks/TaskCentre';
export { TasksButton } from './tasks/TasksButton';
export type { LegacyFieldsetProps } from '../client/registry/kinds';
export { ErrorBoundary as PortErrorBoundary } from '../client/ui/ErrorBoundary';
export { JsonView } from '../client/ui/JsonView';
