/** One item of the query parameter `triggerWorkflows`. */
export interface TriggerItem {
  key: string;
  /** to-one associations from the submitted record to the one that is handed over; empty = the record itself */
  path: string[];
}

/**
 * Reads the list that a button or an API client sends along.
 * Blanks, empty items and exact repetitions are dropped; the order is kept.
 *
 * @param value the query parameter as the host parsed it; anything but text or a list of texts counts as absent
 * @example
 * parseTriggerWorkflows('a, b!category.parent,')
 * // [{ key: 'a', path: [] }, { key: 'b', path: ['category', 'parent'] }]
 */
export function parseTriggerWorkflows(value: unknown): TriggerItem[] {
  const texts = Array.isArray(value) ? value : [value];
  const items = new Map<string, TriggerItem>();
  for (const text of texts) {
    if (typeof text !== 'string') {
      continue;
    }
    for (const part of text.split(',')) {
      const [key = '', ...rest] = part.split('!');
      const path = rest
        .join('.')
        .split('.')
        .map((segment) => segment.trim())
        .filter(Boolean);
      const item = { key: key.trim(), path };
      const identity = [item.key, ...path].join('!');
      if (item.key && !items.has(identity)) {
        items.set(identity, item);
      }
    }
  }
  return [...items.values()];
}

/** Hundreds of keys; whatever is longer was made by no button. */
const MAX_LENGTH = 4_096;

/** Why the query parameter cannot be read, or null. */
export function findTriggerWorkflowsProblem(value: unknown): string | null {
  const texts: unknown[] = [value ?? []].flat();
  if (!texts.every((text) => typeof text === 'string')) {
    return '"triggerWorkflows" must be a text of keys with commas between them';
  }
  return texts.join().length > MAX_LENGTH ? `"triggerWorkflows" must be at most ${MAX_LENGTH} characters long` : null;
}
