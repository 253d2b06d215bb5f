import { DetailsCustomItemModel } from '@nocobase/client-v2';
import { tExpr } from '../host/translation';

/** Menu group "Others" of the cards in the task centre: dividers, texts and what else is not a field. */
export class TaskCardCommonItemModel extends DetailsCustomItemModel {}

TaskCardCommonItemModel.define({ hide: true, label: tExpr('Others') });
