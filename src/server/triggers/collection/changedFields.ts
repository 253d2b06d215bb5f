/** The part of a collection that says what its fields are. */
export interface FieldSource {
  getField(name: string): { type?: string; options?: { type?: string; foreignKey?: string } } | undefined;
}

/** Fields of which the record itself holds nothing. */
const REMOTE_TYPES = new Set(['linkTo', 'hasOne', 'hasMany', 'belongsToMany']);

/**
 * Whether an update touched one of the fields a workflow watches. A to-one association counts by its foreign key;
 * associations that other tables hold, and fields that no longer exist, never count.
 *
 * @param watched configured field names; empty or absent = any update counts
 * @param changed names of the fields that the update changed
 */
export function touchesWatchedField(watched: unknown, changed: readonly string[], collection: FieldSource): boolean {
  if (!Array.isArray(watched) || !watched.length) {
    return true;
  }
  const names = new Set(changed);
  return watched.some((name: string) => {
    const field = collection.getField(name);
    const type = field?.options?.type ?? field?.type ?? '';
    if (!field || REMOTE_TYPES.has(type)) {
      return false;
    }
    return names.has(type === 'belongsTo' ? (field.options?.foreignKey ?? name) : name);
  });
}
