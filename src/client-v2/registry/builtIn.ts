import { tExpr } from '../host/translation';
import { recordResultBlock, triggerDataBlock } from './blockItems';
import { Instruction } from './Instruction';
import { Trigger } from './Trigger';
import type { ClientNode } from './types';

/** Menu groups in their order. */
export const BUILT_IN_GROUPS = {
  control: tExpr('Control'),
  calculation: tExpr('Calculation'),
  collection: tExpr('Collection operations'),
  manual: tExpr('Manual'),
  extended: tExpr('Extended types'),
};

class BuiltInTrigger extends Trigger {
  constructor(
    readonly type: string,
    override title: string,
    override sync?: boolean,
  ) {
    super();
  }

  override validate(config: Record<string, any>): boolean {
    return this.type === 'schedule' ? config?.mode !== undefined : Boolean(config?.collection);
  }
}

class BuiltInInstruction extends Instruction {
  constructor(
    override type: string,
    override title: string,
    override group: string,
  ) {
    super();
  }
}

/** Its executions start with a record, which pages of to-dos can show. */
class RecordTrigger extends BuiltInTrigger {
  override useInitializers = ({ collection }: any) => triggerDataBlock.initializer(collection);

  override getCreateModelMenuItem = ({ config }: any) => triggerDataBlock.menuItem(config?.collection);
}

class PostActionTrigger extends RecordTrigger {
  override isActionTriggerable_deprecated = (config: any, { buttonAction }: { buttonAction: string }) =>
    !config?.global && ['submit', 'customize:save', 'customize:update'].includes(buttonAction);

  override actionTriggerableScope = (config: any, scope: string) => !config?.global && scope === 'form';
}

/** Its result is a record, or several. */
class RecordInstruction extends BuiltInInstruction {
  override useInitializers = (node: ClientNode) => recordResultBlock.initializer(node);

  override getCreateModelMenuItem = ({ node }: { node: ClientNode }) => recordResultBlock.menuItem(node);
}

/** Trigger types of this package. */
export const builtInTriggers = [
  new RecordTrigger('collection', tExpr('Collection event')),
  new BuiltInTrigger('schedule', tExpr('Schedule event'), false),
  new PostActionTrigger('action', tExpr('Post-action event')),
];

/** Node types of this package. */
export const builtInInstructions: Instruction[] = [
  new BuiltInInstruction('calculation', tExpr('Calculation'), 'calculation'),
  new BuiltInInstruction('condition', tExpr('Condition'), 'control'),
  new BuiltInInstruction('multi-conditions', tExpr('Multi-conditions'), 'control'),
  new BuiltInInstruction('end', tExpr('End process'), 'control'),
  new BuiltInInstruction('output', tExpr('Workflow output'), 'control'),
  new RecordInstruction('query', tExpr('Query record'), 'collection'),
  new RecordInstruction('create', tExpr('Create record'), 'collection'),
  new BuiltInInstruction('update', tExpr('Update record'), 'collection'),
  new BuiltInInstruction('destroy', tExpr('Delete record'), 'collection'),
];
