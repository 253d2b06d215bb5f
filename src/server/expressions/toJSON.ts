import { Model } from '@nocobase/database';

interface CollectionModel {
  collection?: { getField(name: string): { options: { hidden?: boolean } } | undefined };
  associations: Record<string, unknown>;
}

/**
 * Plain data of records: arrays are mapped, hidden fields (a user's password) are left out,
 * loaded associations are converted too. Anything that is no record is returned as it is.
 */
export function toJSON(data: unknown): unknown {
  if (Array.isArray(data)) {
    return data.map(toJSON);
  }
  if (!(data instanceof Model)) {
    return data;
  }
  const { collection, associations } = data.constructor as unknown as CollectionModel;
  const values = data.get() as Record<string, unknown>;
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    if (collection?.getField(name)?.options.hidden) {
      continue;
    }
    result[name] = Object.hasOwn(associations, name) ? toJSON(value) : value;
  }
  return result;
}
