import { Registry } from '@nocobase/utils/client';
import type { Instruction } from './Instruction';
import type { Trigger } from './Trigger';
import { BUILT_IN_GROUPS, builtInInstructions, builtInTriggers } from './builtIn';
import type { TaskTypeOptions } from './taskTypes';
import type { ClientNode, ClientWorkflow } from './types';

 
type Constructor = new (...args: any[]) => object;

export interface InstructionGroup {
  key?: string;
  label: string;
}

export interface SystemVariable {
  key: string;
  label: unknown;
  value?: string;
  tooltip?: string;
}

export type { TaskTypeOptions } from './taskTypes';

export interface WorkflowNotice {
  key: string;
  message: unknown;
  description?: unknown;
  type?: string;
}

export interface NoticeContext {
  surface: string;
  workflow?: ClientWorkflow;
  workflows?: ClientWorkflow[];
  nodes?: ClientNode[];
  [key: string]: unknown;
}

export type NoticeProvider =
  | ((context: NoticeContext) => WorkflowNotice[] | undefined)
  | {
      getNotices?(context: NoticeContext): WorkflowNotice[] | undefined;
      loadWorkflowListNotices?(context: NoticeContext): Promise<Record<string, WorkflowNotice[]> | undefined>;
      shouldLoadWorkflowListNotices?(context: NoticeContext): boolean;
    };

export type ClassOrInstance<T> = T | (new () => T);

const instanceOf = <T extends object>(value: ClassOrInstance<T>): T =>
  typeof value === 'function' ? new (value)() : value;

/**
 * The registries and their methods, which extensions find on the plugin of either client.
 * They are there from the constructor on: extensions that load earlier register their types before `load()` is called.
 */
export function withRegistries<Base extends Constructor>(PluginBase: Base) {
  return class WorkflowRegistries extends PluginBase {
    triggers = new Registry<Trigger>();
    instructions = new Registry<Instruction>();
    instructionGroups = new Registry<InstructionGroup>();
    systemVariables = new Registry<SystemVariable>();
    taskTypes = new Registry<TaskTypeOptions>();
    workflowNoticeProviders = new Registry<NoticeProvider>();

     
    constructor(...args: any[]) {
      super(...args);
      for (const [key, label] of Object.entries(BUILT_IN_GROUPS)) this.registerInstructionGroup(key, { key, label });
      for (const trigger of builtInTriggers) this.triggers.register(trigger.type, trigger);
      for (const instruction of builtInInstructions) this.instructions.register(instruction.type, instruction);
      for (const key of ['now', 'instanceId', 'genSnowflakeId']) this.registerSystemVariable({ key, label: key, value: key });
    }

    /**
     * A type that is taken by this package stays: the stock post-action plugin brings `action` as well.
     * @throws TypeError when there is no trigger
     */
    registerTrigger(type: string, trigger: ClassOrInstance<Trigger>): void {
      if (!trigger) throw new TypeError('invalid trigger type to register');
      if (builtInTriggers.some((builtIn) => builtIn.type === type)) return;
      this.triggers.register(type, instanceOf(trigger));
    }

    /** @throws TypeError when there is no instruction */
    registerInstruction(type: string, instruction: ClassOrInstance<Instruction>): void {
      if (!instruction) throw new TypeError('invalid instruction type to register');
      this.instructions.register(type, instanceOf(instruction));
    }

    /** The order of registration is the order in the menu. */
    registerInstructionGroup(key: string, group: InstructionGroup): void {
      this.instructionGroups.register(key, group);
    }

    registerSystemVariable(variable: SystemVariable): void {
      this.systemVariables.register(variable.key, variable);
    }

    registerTaskType(key: string, options: TaskTypeOptions): void {
      this.taskTypes.register(key, { ...options, key });
    }

    isWorkflowSync(workflow: Pick<ClientWorkflow, 'type' | 'sync'>): boolean {
      return this.triggers.get(workflow.type)?.sync ?? workflow.sync;
    }

    getInstruction(type: string): Instruction | undefined {
      return this.instructions.get(type);
    }

    getTriggerOptions(type: string): Trigger | undefined {
      return this.triggers.get(type);
    }

    registerWorkflowNoticeProvider(key: string, provider: NoticeProvider): void {
      this.workflowNoticeProviders.register(key, provider);
    }

    /** Remarks of extensions about a workflow. A provider that throws is left out. */
    getWorkflowNotices(context: NoticeContext): WorkflowNotice[] {
      return [...this.workflowNoticeProviders.getValues()].flatMap((provider) => {
        try {
          return (typeof provider === 'function' ? provider(context) : provider.getNotices?.(context)) ?? [];
        } catch {
          return [];
        }
      });
    }

    /** Remarks of extensions about the rows of the workflow list, by workflow id. */
    async loadWorkflowListNotices(context: NoticeContext): Promise<Record<string, WorkflowNotice[]>> {
      const notices: Record<string, WorkflowNotice[]> = {};
      for (const provider of this.workflowNoticeProviders.getValues()) {
        if (typeof provider === 'function' || provider.shouldLoadWorkflowListNotices?.(context) === false) continue;
        const found = await provider.loadWorkflowListNotices?.(context).catch(() => undefined);
        for (const [id, list] of Object.entries(found ?? {})) (notices[id] ??= []).push(...list);
      }
      return notices;
    }
  };
}
