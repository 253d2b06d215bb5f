/** Names that extensions of the stock product import, by module. */
const names = (text: string) => text.trim().split(/[\s,]+/);

export const V1_EXPORTS = names(`
  default, BaseTypeSets, BindWorkflowConfig, Branch, CalculationConfig, CheckboxGroupWithTooltip,
  CollectionBlockInitializer, CurrentWorkflowContext, DetailsBlockProvider, EXECUTION_REASON, EXECUTION_STATUS,
  ExecutionContextProvider, ExecutionReasonOptions, ExecutionReasonOptionsMap, ExecutionStatusOptions,
  ExecutionStatusOptionsMap, FieldsSelect, Fieldset, FilterDynamicComponent, FlowContext, HideVariableContext,
  Instruction, JOB_STATUS, JobButton, JobStatusOptions, JobStatusOptionsMap, LogCollapse, Node, NodeContext,
  NodeDefaultView, NodeDetailsModel, NodeValueModel, RadioWithTooltip, RemoveButton, SimpleDesigner, Trigger,
  TriggerCollectionRecordSelect, TriggerWorkflowSelect, UsersAddition, UsersSelect, ValueBlock, WorkflowTitle,
  WorkflowVariableInput, WorkflowVariableJSON, WorkflowVariableRawTextArea, WorkflowVariableTextArea,
  WorkflowVariableWrapper, calculators, createTriggerWorkflowsSchema, defaultFieldNames, getCollectionFieldOptions,
  getInstructionAvailable, getWorkflowDetailPath, getWorkflowExecutionsPath, linkNodes, nodesOptions,
  renderEngineReference, scopeOptions, systemOptions, traverseSchema, triggerOptions, updateNodeConfig,
  useAvailableUpstreams, useBranchContext, useBranchIndex, useCurrentWorkflowContext, useFlowContext,
  useGetAriaLabelOfAddButton, useGetDataSourceCollectionManager, useHideVariable, useNodeContext, useNodeSavedConfig,
  usePopupRecordContext, useRecordTriggerWorkflowsActionProps, useStyles, useTasksCountsContext, useTrigger,
  useTriggerWorkflowsActionProps, useUpstreamScopes, useWorkflowAnyExecuted, useWorkflowExecuted,
  useWorkflowTaskFilterContext, useWorkflowVariableOptions
`);

export const V2_EXPORTS = names(`
  default, AppendsSelect, AssignedFieldsEditor, BaseTypeSets, Branch, CalculationConfig, CollectionCascader,
  ConditionField, CurrentWorkflowContext, FieldsSelect, FilterDynamicComponent, HideVariableContext, Instruction,
  NodeDefaultView, NodeDetailsGridModel, NodeDetailsModel, NodeValueModel, PaginationFields, PluginWorkflowClientV2,
  RadioWithTooltip, SortFieldsInput, TASK_STATUS, TASK_STATUS_VALUES, TaskCardCommonItemModel, Trigger,
  TriggerCollectionRecordSelect, UsersSelect, WORKFLOW_CANVAS_ROUTE_NAME, WORKFLOW_CANVAS_ROUTE_PATH,
  WORKFLOW_CANVAS_SETTINGS_ROUTE_NAME, WORKFLOW_CANVAS_SETTINGS_ROUTE_PATH, WORKFLOW_EXECUTION_ROUTE_NAME,
  WORKFLOW_EXECUTION_ROUTE_PATH, WORKFLOW_EXECUTION_SETTINGS_ROUTE_NAME, WORKFLOW_EXECUTION_SETTINGS_ROUTE_PATH,
  WORKFLOW_TASKS_MOBILE_ROUTE_NAME, WORKFLOW_TASKS_MOBILE_ROUTE_PATH, WORKFLOW_TASKS_PAGE_SIZE,
  WORKFLOW_TASKS_ROUTE_NAME, WORKFLOW_TASKS_ROUTE_PATH, WORKFLOW_TYPED_CONSTANT_TYPES, WorkflowTaskRecordContext,
  WorkflowTasksTopbarActionModel, WorkflowTypedVariableInput, WorkflowVariableInput, WorkflowVariableJsonTextArea,
  WorkflowVariableSourceContext, WorkflowVariableTag, WorkflowVariableTextArea, WorkflowVariableWrapper,
  defaultFieldNames, getAvailableWorkflowTaskTypeKeys, getCollection, getCollectionFieldOptions, getCollectionFields,
  getCollectionManagerAdapter, getCollectionOptions, getWorkflowCanvasPath, getWorkflowExecutionPath,
  getWorkflowTaskRecordKey, getWorkflowTaskRegistry, getWorkflowTaskTypeKeys, getWorkflowTasksPath, hasFieldName,
  isAssociationField, isDateField, isUserKeyField, joinCollectionName, normalizeWorkflowTaskCountsResponse,
  normalizeWorkflowTaskRecordResponse, normalizeWorkflowTaskRecordsResponse, normalizeWorkflowTaskStatus,
  parseCollectionName, renderEngineReference, useAvailableUpstreams, useCurrentWorkflowContext, useFlowContext,
  useHideVariable, useNodeContext, useStyles, useWorkflowTaskCounts, useWorkflowTaskRecord, useWorkflowVariableOptions
`);
