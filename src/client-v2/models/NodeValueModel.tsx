import { BlockModel } from '@nocobase/client-v2';
import type { ReactNode } from 'react';
import { currentLane } from '../host/lane';
import { tExpr } from '../host/translation';
import { JsonView } from '../../client/ui/JsonView';
import { flowValueAt, type FlowValues } from './flowValue';

interface InitParams {
  /** `{{$jobsMapByNodeKey.<key>}}` */
  dataSource?: string;
  defaultValue?: unknown;
}

/** Prints the result of a node, e.g. a sum. The class's name is stored in users' data. */
export class NodeValueModel extends BlockModel {
  override renderComponent(): ReactNode {
    const { dataSource, defaultValue } = (this.getStepParams('valueSettings', 'init') ?? {}) as InitParams;
    const values = this.context.view?.inputArgs?.flowContext as FlowValues | undefined;
    return <JsonView label={currentLane().port.t('Node result')} value={flowValueAt(values, dataSource) ?? defaultValue ?? null} />;
  }
}

NodeValueModel.define({ hide: true, label: tExpr('Node result'), createModelOptions: { use: 'NodeValueModel' } });

NodeValueModel.registerFlow({
  key: 'valueSettings',
  title: tExpr('Node result'),
  steps: { init: { handler() {} } },
});
