import { tExpr } from '../host/translation';
import { Instruction } from './Instruction';
import { Trigger } from './Trigger';

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

class PostActionTrigger extends BuiltInTrigger {
  override isActionTriggerable_deprecated = (config: any, { buttonAction }: { buttonAction: string }) =>
    !config?.global && ['submit', 'customize:save', 'customize:update'].includes(buttonAction);

  override actionTriggerableScope = (config: any, scope: string) => !config?.global && scope === 'form';
}

/** Trigger types of this package. */
export const builtInTriggers = [
  new BuiltInTrigger('collection', tExpr('Collection event')),
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
  new BuiltInInstruction('query', tExpr('Query record'), 'collection'),
  new BuiltInInstruction('create', tExpr('Create record'), 'collection'),
  new BuiltInInstruction('update', tExpr('Update record'), 'collection'),
  new BuiltInInstruction('destroy', tExpr('Delete record'), 'collection'),
];
