/** Module `@nocobase/plugin-workflow/client`: what extensions import in the v1 client. */
export { PluginWorkflowClient as default } from './plugin';

export {
  BaseTypeSets,
  Branch,
  CalculationConfig,
  CheckboxGroupWithTooltip,
  CurrentWorkflowContext,
  ExecutionReasonOptions,
  ExecutionReasonOptionsMap,
  ExecutionStatusOptions,
  ExecutionStatusOptionsMap,
  FieldsSelect,
  FilterDynamicComponent,
  FlowContext,
  HideVariableContext,
  Instruction,
  JobStatusOptions,
  JobStatusOptionsMap,
  LogCollapse,
  NodeContext,
  NodeDefaultView,
  NodeDetailsModel,
  NodeValueModel,
  RadioWithTooltip,
  Trigger,
  TriggerCollectionRecordSelect,
  UsersSelect,
  WorkflowVariableInput,
  WorkflowVariableJsonTextArea as WorkflowVariableJSON,
  WorkflowVariableTextArea as WorkflowVariableRawTextArea,
  WorkflowVariableTextArea,
  WorkflowVariableWrapper,
  defaultFieldNames,
  getCollectionFieldOptions,
  getInstructionAvailable,
  getWorkflowCanvasPath as getWorkflowDetailPath,
  getWorkflowExecutionPath as getWorkflowExecutionsPath,
  linkNodes,
  nodesOptions,
  renderEngineReference,
  scopeOptions,
  systemOptions,
  traverseSchema,
  triggerOptions,
  updateNodeConfig,
  useAvailableUpstreams,
  useBranchContext,
  useBranchIndex,
  useCurrentWorkflowContext,
  useFlowContext,
  useGetAriaLabelOfAddButton,
  useHideVariable,
  useNodeContext,
  useNodeSavedConfig,
  useStyles,
  useUpstreamScopes,
  useWorkflowAnyExecuted,
  useWorkflowExecuted,
  useVariableCascaderOptions as useWorkflowVariableOptions,
} from '@nocobase/plugin-workflow/client-v2';
export type {
  CheckboxGroupWithTooltipOption,
  NodeAvailableContext,
  RadioWithTooltipOption,
  TempAssociationSource,
  UseVariableOptions,
  VariableDataType,
  VariableOption,
} from '@nocobase/plugin-workflow/client-v2';

export { EXECUTION_REASON, EXECUTION_STATUS, JOB_STATUS } from '../common/status';
export { calculators } from './calculators';
export { useGetDataSourceCollectionManager, useTrigger } from './hooks';
export { TriggerWorkflowSelect, createTriggerWorkflowsSchema } from '@nocobase/plugin-workflow/client-v2';
export { BindWorkflowConfig, useRecordTriggerWorkflowsActionProps, useTriggerWorkflowsActionProps } from './bind';
export { DetailsBlockProvider } from './formily/DetailsBlockProvider';
export { SimpleDesigner } from './formily/SimpleDesigner';
export { UsersAddition } from './formily/UsersAddition';
export { ValueBlock } from './formily/ValueBlock';
export { CollectionBlockInitializer } from './formily/initializers';
export { ExecutionContextProvider, Fieldset, JobButton, Node, RemoveButton, WorkflowTitle } from './legacy';
export { usePopupRecordContext, useTasksCountsContext, useWorkflowTaskFilterContext } from './tasks/contexts';
