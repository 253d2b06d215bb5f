import { describe, expect, it } from 'vitest';
import type { LegacyFieldsetProps } from '../../../client/registry/kinds';
import { fieldsetOf, type LegacyRenderer } from '../fieldsets';

const Legacy = (_props: LegacyFieldsetProps) => null;
const legacy: LegacyRenderer = () => Legacy;
const schema = { assignees: { type: 'array' } };
const load = async () => ({ default: () => null });

describe('which form a surface shows', () => {
  it('a schema with a field wins, where the client draws schemas', () => {
    expect(fieldsetOf({ schema, load }, {}, legacy)).toEqual({ kind: 'legacy', Component: Legacy });
  });

  it('an empty schema counts as none', () => {
    expect(fieldsetOf({ schema: {}, load }, {}, legacy)?.kind).toBe('form');
    expect(fieldsetOf({ schema: {} }, {}, legacy)).toBeUndefined();
  });

  it('a client without schemas takes the loader, or says that there is none', async () => {
    expect(fieldsetOf({ schema, load }, {})?.kind).toBe('form');
    const placeholder = fieldsetOf({ schema }, {});
    expect(placeholder?.kind === 'form' && (await placeholder.load()).default.name).toBe('NotMigrated');
  });

  it('nothing is nothing', () => expect(fieldsetOf({}, {}, legacy)).toBeUndefined());
});
