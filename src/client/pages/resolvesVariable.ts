import { SCHEDULE_MODE } from '../../common/constants';
import type { FlowDocument } from '../document/types';
import type { CollectionCatalog } from '../port/HostPort';

/** What the contexts of our own trigger types hold; of other types and of schedules it is not known for sure. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = { action: ['data', 'user', 'roleName'], collection: ['data'] };

const isPosition = (name: string) => /^\d+$/.test(name);

/**
 * Whether a variable of the trigger leads to something; undefined where that cannot be said, e.g. for triggers of
 * extensions and for what lies inside of JSON.
 */
export function resolvesVariable(path: readonly string[], { trigger }: FlowDocument, collections: CollectionCatalog): boolean | undefined {
  const [root, member, ...rest] = path;
  if (root !== '$context' || member === undefined) return undefined;
  const members = MEMBERS[trigger.type];
  if (members && !members.includes(member)) return false;
  if (members && member === 'user') return leadsSomewhere(collections, 'users', rest);
  if (members && member === 'roleName') return true;
  const { collection, mode } = trigger.config;
  if (trigger.type === 'schedule' && member === 'date') return true;
  if (member !== 'data') return undefined;
  if (trigger.type === 'schedule' && mode === SCHEDULE_MODE.STATIC) return false;
  const isRecord = members !== undefined || trigger.type === 'schedule';
  if (!isRecord || typeof collection !== 'string') return undefined;
  const names = rest.filter((name) => !isPosition(name));
  return leadsSomewhere(collections, collection, names);
}

function leadsSomewhere(collections: CollectionCatalog, collection: string, [first, ...rest]: string[]): boolean | undefined {
  if (first === undefined) return true;
  const owner = collections.find(collection);
  if (!owner) return undefined;
  const field = owner.fields.find(({ name }) => name === first);
  if (!field) return first === owner.primaryKey || owner.fields.some(({ foreignKey }) => foreignKey === first);
  if (rest.length === 0) return true;
  if (!field.target) return undefined;
  const dataSource = collection.includes(':') ? collection.split(':')[0] : undefined;
  return leadsSomewhere(collections, dataSource ? `${dataSource}:${field.target}` : field.target, rest);
}
