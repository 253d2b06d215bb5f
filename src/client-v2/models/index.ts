import { NodeDetailsGridModel, NodeDetailsModel } from './NodeDetailsModel';
import { NodeValueModel } from './NodeValueModel';
import { TaskCardCommonItemModel } from './TaskCardCommonItemModel';

export { NodeDetailsGridModel, NodeDetailsModel } from './NodeDetailsModel';
export { NodeValueModel } from './NodeValueModel';
export { TaskCardCommonItemModel } from './TaskCardCommonItemModel';
export { WorkflowTasksTopbarActionModel } from './WorkflowTasksTopbarActionModel';

/** Models of both clients, by the names under which users' data refer to them. */
export const sharedModels = { NodeDetailsModel, NodeDetailsGridModel, NodeValueModel, TaskCardCommonItemModel };
