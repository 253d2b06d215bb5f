import Joi from 'joi';
import { JOB_STATUS } from '../../../common/status';
import { Instruction, type FlowNodeModel, type IJob, type JobModel, type ProcessorContract } from '../../contract';

/** Sets what the execution gives to its caller. The last one wins. */
export class OutputInstruction extends Instruction {
  override readsPlainJobs = true;
  override kind = 'pure' as const;

  override configSchema = Joi.object({ value: Joi.any() });

  run(node: FlowNodeModel, _input: JobModel | undefined, processor: ProcessorContract): IJob {
    const value: unknown = processor.getParsedValue(node.config?.value, node.id);
    processor.setOutput(value);
    return { status: JOB_STATUS.RESOLVED, result: value };
  }

  override resume(_node: FlowNodeModel, job: JobModel): JobModel {
    return job;
  }
}
