/** How much of a value people need to recognise it. */
export interface ShortenLimits {
  /** characters of a text */
  text: number;
  /** items of a list */
  items: number;
  /** members of an object */
  members: number;
  depth: number;
  /** values altogether; what comes after is left out */
  total: number;
}

const DEFAULTS: ShortenLimits = { text: 200, items: 5, members: 60, depth: 6, total: 2_000 };

/**
 * A small copy of a large value, of the same shape: texts end in "…", lists have their first items only,
 * what lies too deep becomes null.
 */
export function shorten(value: unknown, limits: Partial<ShortenLimits> = {}): unknown {
  const { text, items, members, depth, total } = { ...DEFAULTS, ...limits };
  let left = total;
  const copy = (item: unknown, level: number): unknown => {
    left -= 1;
    if (typeof item === 'string') {
      return item.length > text ? `${item.slice(0, text)}…` : item;
    }
    if (typeof item !== 'object' || item === null) {
      return item;
    }
    if (level >= depth || left <= 0) {
      return null;
    }
    if (Array.isArray(item)) {
      return item.slice(0, items).map((child) => copy(child, level + 1));
    }
    return Object.fromEntries(
      Object.entries(item)
        .slice(0, members)
        .map(([key, child]) => [key, copy(child, level + 1)]),
    );
  };
  return copy(value, 0);
}
