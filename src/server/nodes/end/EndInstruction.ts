import Joi from 'joi';
import { JOB_STATUS } from '../../../common/status';
import {
  Instruction,
  type FlowNodeModel,
  type InstructionResult,
  type JobModel,
  type ProcessorContract,
} from '../../contract';

/** Ends the whole execution with the chosen status, from any depth. */
export class EndInstruction extends Instruction {
  override readsPlainJobs = true;
  override kind = 'pure' as const;

  override configSchema = Joi.object({
    endStatus: Joi.valid(JOB_STATUS.RESOLVED, JOB_STATUS.FAILED),
  });

  async run(
    node: FlowNodeModel,
    input: JobModel | undefined,
    processor: ProcessorContract,
  ): Promise<InstructionResult> {
    const status: number = node.config?.endStatus ?? JOB_STATUS.RESOLVED;
    processor.saveJob({
      status,
      result: null,
      nodeId: node.id,
      nodeKey: node.key,
      upstreamId: input?.id ?? null,
    });
    return processor.exit(status);
  }
}
