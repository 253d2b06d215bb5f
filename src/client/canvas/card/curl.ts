import type { FlowDocument } from '../../document/types';

/** Names of the actions that a post-action event listens to, as its config numbers them. */
const isGlobal = (config: Record<string, unknown>) => config.global === true;

/** `orders` → `orders`; `other:orders` → `orders` of the data source `other`. */
function collectionOf(config: Record<string, unknown>): { name: string; dataSource?: string } | null {
  if (typeof config.collection !== 'string' || !config.collection) return null;
  const [first = '', second] = config.collection.split(':');
  return second === undefined ? { name: first } : { name: second, dataSource: first };
}

/**
 * A line for a shell that triggers the workflow; null where requests cannot.
 * @param apiBase e.g. `https://host/api`
 */
export function curlLine(trigger: FlowDocument['trigger'], key: string, apiBase: string): string | null {
  const config = trigger.config;
  const collection = collectionOf(config);
  if (!collection) return null;
  const base = apiBase.replace(/\/$/, '');
  const headers = [
    `-H 'Authorization: Bearer <token>'`,
    `-H 'Content-Type: application/json'`,
    ...(collection.dataSource ? [`-H 'X-Data-Source: ${collection.dataSource}'`] : []),
  ].join(' ');
  if (trigger.type === 'action') {
    const query = isGlobal(config) ? '' : `?triggerWorkflows=${key}`;
    return `curl -X POST '${base}/${collection.name}:create${query}' ${headers} -d '{}'`;
  }
  if (trigger.type === 'custom-action') {
    return `curl -X POST '${base}/${collection.name}:trigger?triggerWorkflows=${key}' ${headers} -d '{}'`;
  }
  return null;
}
