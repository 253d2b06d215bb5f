import { Registry } from '@nocobase/utils/client';

/** Comparisons of the basic condition, in the order of its menu. */
export const calculators = new Registry<{ name: string; type: string; group: string }>();

const GROUPS = {
  boolean: { equal: '=', notEqual: '≠' },
  number: { gt: '>', gte: '≥', lt: '<', lte: '≤' },
  string: {
    includes: 'contains',
    notIncludes: 'does not contain',
    startsWith: 'starts with',
    notStartsWith: 'not starts with',
    endsWith: 'ends with',
    notEndsWith: 'not ends with',
  },
};

for (const [group, names] of Object.entries(GROUPS)) {
  for (const [key, name] of Object.entries(names)) calculators.register(key, { name, type: 'boolean', group });
}
