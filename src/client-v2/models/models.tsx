import { FlowModel } from '@nocobase/flow-engine';
import { laterVersion } from '../canvas/laterVersion';

const Later = laterVersion('WorkflowModel');

/** Blocks of this class are stored in users' data by the class's name, so the names are fixed. */
class LaterVersionModel extends FlowModel {
  override render() {
    return <Later />;
  }
}

export class NodeDetailsModel extends LaterVersionModel {}
export class NodeDetailsGridModel extends LaterVersionModel {}
export class NodeValueModel extends LaterVersionModel {}
export class TaskCardCommonItemModel extends LaterVersionModel {}
export class WorkflowTasksTopbarActionModel extends FlowModel {
  override render() {
    return null;
  }
}
