import { createHash } from 'node:crypto';
import type { WorkflowPlugin } from '../contract';
import type { WakeUpChannel } from './WakeUps';

/** Says that Redis is not to be used for wake-ups although the host has one. */
const OFF = 'off';

/** Redis for wake-ups: `WORKFLOW_REDIS_URL`, or what the host itself uses (`REDIS_URL`). */
export function redisUrl(plugin: WorkflowPlugin, env: Record<string, string | undefined>): string | undefined {
  const own = env.WORKFLOW_REDIS_URL?.trim();
  if (own) {
    return own === OFF ? undefined : own;
  }
  const { redisConnectionManager } = plugin.app as unknown as {
    redisConnectionManager?: { config?: { connectionString?: string; url?: string } };
  };
  return redisConnectionManager?.config?.connectionString || redisConnectionManager?.config?.url || undefined;
}

/**
 * The channel over Redis; undefined when there is none. Its code is loaded only then.
 * @param installedAtMs tells databases of the same name apart that share a Redis
 */
export async function redisChannel(plugin: WorkflowPlugin, installedAtMs: number): Promise<WakeUpChannel | undefined> {
  const url = redisUrl(plugin, process.env);
  if (!url) {
    return undefined;
  }
  const { database, schema } = plugin.db.options as { database?: string; schema?: string };
  const place = JSON.stringify([database, schema, plugin.db.options.tablePrefix, installedAtMs]);
  const { BullMqChannel } = await import('./bullmq');
  return new BullMqChannel({
    url,
    queue: createHash('sha256').update(place).digest('hex').slice(0, 16),
    log: plugin.getLogger('dispatcher'),
  });
}
