import type { Instruction, WorkflowPlugin } from '../contract';
import { CalculationInstruction } from './calculation/CalculationInstruction';
import { ConditionInstruction } from './condition/ConditionInstruction';
import { CreateInstruction } from './create/CreateInstruction';
import { DestroyInstruction } from './destroy/DestroyInstruction';
import { EndInstruction } from './end/EndInstruction';
import { MultiConditionsInstruction } from './multi-conditions/MultiConditionsInstruction';
import { OutputInstruction } from './output/OutputInstruction';
import { QueryInstruction } from './query/QueryInstruction';
import { UpdateInstruction } from './update/UpdateInstruction';

export { BRANCH_INDEX } from '../../common/constants';

/** Node types that come with the plugin, by type name. */
export const coreInstructions: Record<string, new (plugin: WorkflowPlugin) => Instruction> = {
  calculation: CalculationInstruction,
  condition: ConditionInstruction,
  'multi-conditions': MultiConditionsInstruction,
  end: EndInstruction,
  output: OutputInstruction,
  query: QueryInstruction,
  create: CreateInstruction,
  update: UpdateInstruction,
  destroy: DestroyInstruction,
};
