import { laterVersion } from './laterVersion';

/** Editors of node and trigger settings. The canvas that shows them is not part of this version. */
export const AppendsSelect = laterVersion('AppendsSelect');
export const AssignedFieldsEditor = laterVersion('AssignedFieldsEditor');
export const CalculationConfig = laterVersion('CalculationConfig');
export const CollectionCascader = laterVersion('CollectionCascader');
export const FieldsSelect = laterVersion('FieldsSelect');
export const FilterDynamicComponent = laterVersion('FilterDynamicComponent');
export const ConditionField = FilterDynamicComponent;
export const PaginationFields = laterVersion('PaginationFields');
export const SortFieldsInput = laterVersion('SortFieldsInput');
export const TriggerCollectionRecordSelect = laterVersion('TriggerCollectionRecordSelect');
export const UsersSelect = laterVersion('UsersSelect');
