import type { Context, Next } from '@nocobase/actions';
import type { WorkflowPlugin } from '../contract';
import { CHECKS, examine, repair } from '../doctor/examine';
import { InputError } from './errors';
import { parseBody } from './input';
import { repairSchema } from './schemas';

/** Actions `workflows:examine` and `workflows:repair`: what is wrong with the stored rows, and the safe remedy. */
export function createDoctorActions(plugin: WorkflowPlugin) {
  async function examineAll(ctx: Context, next: Next): Promise<void> {
    ctx.body = { checked: CHECKS.length, findings: await examine(plugin) };
    await next();
  }

  async function repairSome(ctx: Context, next: Next): Promise<void> {
    const { codes = [] } = parseBody(ctx, repairSchema);
    const unknown = codes.filter((code) => !CHECKS.some((check) => check.code === code && check.repair));
    if (codes.length === 0 || unknown.length > 0) {
      throw new InputError({
        codes: codes.length === 0 ? 'codes is required' : `"codes": there is no repair for "${unknown[0]}"`,
      });
    }
    const repaired = await repair(plugin, codes);
    ctx.body = { repaired, findings: await examine(plugin, codes) };
    await next();
  }

  return { examine: examineAll, repair: repairSome };
}
