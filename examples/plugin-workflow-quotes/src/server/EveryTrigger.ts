import { Trigger, type WorkflowModel } from '@nocobase/plugin-workflow';

/** Starts a workflow every `config.everyMs` milliseconds, once for however many processes there are. */
export class EveryTrigger extends Trigger {
  private readonly timers = new Map<string, NodeJS.Timeout>();

  override on(workflow: WorkflowModel): void {
    this.off(workflow);
    const { everyMs } = workflow.config as { everyMs: number };
    const fire = (): void => {
      const at = Math.floor(Date.now() / everyMs) * everyMs;
      void this.workflow.trigger(workflow, { date: new Date(at) }, { eventKey: `${workflow.key}@${at}` });
    };
    this.timers.set(String(workflow.id), setInterval(fire, everyMs));
  }

  override off({ id }: WorkflowModel): void {
    clearInterval(this.timers.get(String(id)));
    this.timers.delete(String(id));
  }

  override validateConfig({ everyMs }: Record<string, unknown>): Record<string, string> | null {
    return Number(everyMs) >= 1000 ? null : { everyMs: '"everyMs" must be at least 1000' };
  }
}
