import { DetailsBlockModel, DetailsGridModel } from '@nocobase/client-v2';
import { SingleRecordResource } from '@nocobase/flow-engine';
import { tExpr } from '../host/translation';
import { flowValueAt, type FlowValues } from './flowValue';

interface InitParams {
  dataSourceKey: string;
  collectionName: string;
  /** `$context.data`, or `$jobsMapByNodeKey.<key>` */
  dataPath?: string;
}

/**
 * Read-only details of a record that a run works with: what triggered it, or the result of a node. Extensions put such
 * blocks into the pages of their to-dos; the class's name is stored in users' data.
 */
export class NodeDetailsModel extends DetailsBlockModel {
  static filterCollection(): boolean {
    return false;
  }

  private record(): unknown {
    const { dataPath } = (this.getStepParams('resourceSettings', 'init') ?? {}) as Partial<InitParams>;
    const values = this.context.view?.inputArgs?.flowContext as FlowValues | undefined;
    const value = flowValueAt(values, dataPath);
    return Array.isArray(value) ? value[0] : value;
  }

  /** The record comes with the execution; nothing is requested. */
  override createResource(): unknown {
    const resource = this.context.createResource(SingleRecordResource);
    const read = () => resource.setData(this.record() ?? null);
    resource.isNewRecord = false;
    resource.refresh = async () => read();
    read();
    return resource;
  }

  override renderPagination(): null {
    return null;
  }

  override renderConfigureActions(): null {
    return null;
  }
}

NodeDetailsModel.define({
  hide: true,
  label: tExpr('Details'),
  createModelOptions: { use: 'NodeDetailsModel', subModels: { grid: { use: 'NodeDetailsGridModel' } } },
});

NodeDetailsModel.registerFlow({
  key: 'detailsSettings',
  title: tExpr('Details settings'),
  sort: 150,
  steps: {
    init: {
      async handler(context: { model: NodeDetailsModel }) {
        await context.model.applySubModelsBeforeRenderFlows('grid');
      },
    },
    layout: { use: 'layout', title: tExpr('Layout') },
    linkageRules: { use: 'detailsFieldLinkageRules' },
  },
});

/** Fields of a `NodeDetailsModel`. */
export class NodeDetailsGridModel extends DetailsGridModel {}
