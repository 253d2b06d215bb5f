/** Inputs of forms, for our own forms and for those of extensions. */
export { AppendsSelect, type AppendsSelectProps } from './AppendsSelect';
export { AssignedFieldsEditor, type AssignedFieldsEditorProps } from './AssignedFieldsEditor';
export { CalculationConfig, type CalculationConfigProps } from './CalculationConfig';
export { CollectionCascader, type CollectionCascaderProps } from './CollectionCascader';
export {
  FieldsSelect,
  PaginationFields,
  SortFieldsInput,
  type FieldsSelectProps,
  type PaginationFieldsProps,
  type SortFieldsInputProps,
} from './fieldSelects';
export { ConditionField, FilterDynamicComponent, type FilterDynamicComponentProps } from '../filter/FilterBuilder';
export {
  CheckboxGroupWithTooltip,
  RadioWithTooltip,
  type CheckboxGroupWithTooltipOption,
  type OptionValue,
  type RadioWithTooltipOption,
} from './optionGroups';
export { RecordSelect, TriggerCollectionRecordSelect, type RecordSelectProps } from './RecordSelect';
export {
  WorkflowVariableInput,
  WorkflowVariableJsonTextArea,
  WorkflowVariableTextArea,
  type WorkflowVariableInputProps,
  type WorkflowVariableJsonTextAreaProps,
  type WorkflowVariableTextAreaProps,
} from './text';
export {
  WORKFLOW_TYPED_CONSTANT_TYPES,
  WorkflowTypedVariableInput,
  type WorkflowTypedVariableInputProps,
} from './TypedVariableInput';
export { isUserKeyField, UsersSelect, type UsersSelectProps } from './UsersSelect';
export { WorkflowVariableWrapper, type WorkflowVariableWrapperProps } from './VariableOr';
export { WorkflowVariableTag, type WorkflowVariableTagProps } from './VariableTag';
export { EngineReference } from './EngineReference';
