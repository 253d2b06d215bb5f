import type { WorkflowPlugin } from '../../contract';
import type { TriggerItem } from './parseTriggerWorkflows';
import type { SkippedItem } from './plan';

/** Trigger types that read the same query parameter: their keys are meant for them. */
const SHARING_TYPES = new Set(['request-interception', 'approval']);

/** Says of keys that belong to no enabled post-action workflow, why. One query at most. */
export async function explainUnknown(plugin: WorkflowPlugin, items: TriggerItem[]): Promise<SkippedItem[]> {
  if (!items.length) {
    return [];
  }
  const typeByKey = new Map([...plugin.enabledCache.values()].map(({ key, type }) => [key, type]));
  const missing = items.map(({ key }) => key).filter((key) => !typeByKey.has(key));
  const disabled = await findTypes(plugin, [...new Set(missing)]);
  return items.flatMap((item): SkippedItem[] => {
    const type = typeByKey.get(item.key) ?? disabled.get(item.key);
    if (type && SHARING_TYPES.has(type)) {
      return [];
    }
    if (!type) {
      return [{ item, reason: 'not_found' }];
    }
    return [{ item, reason: type === 'action' ? 'disabled' : 'wrong_type' }];
  });
}

async function findTypes({ app }: WorkflowPlugin, keys: string[]): Promise<Map<string, string>> {
  if (!keys.length) {
    return new Map();
  }
  const attributes = ['key', 'type'];
  const rows = await app.db.getModel('workflows').findAll({ attributes, where: { key: keys }, raw: true });
  return new Map((rows as unknown as Array<{ key: string; type: string }>).map(({ key, type }) => [key, type]));
}
