import type { ICollection } from '@nocobase/data-source-manager';

/** A field of the host's own databases, or of a foreign data source, which may know less about itself. */
interface AnyField {
  isRelationField?(): boolean;
  target?: string;
  options: { type: string; target?: string };
}

export interface AssociationStep {
  kind: 'one' | 'many';
  /** name of the collection on the other side */
  target: string;
}

/**
 * What a field leads to, or null when it is no association.
 * Asks the model first: field types such as `createdBy` are a `belongsTo` under another name.
 */
export function getAssociation(collection: ICollection, name: string): AssociationStep | null {
  const field = collection.getField(name) as AnyField | undefined;
  if (!field?.isRelationField?.()) {
    return null;
  }
  const type: string = collection.model?.associations?.[name]?.associationType ?? field.options.type;
  const target = field.target ?? field.options.target;
  return target ? { kind: /^(belongsTo|hasOne)$/i.test(type) ? 'one' : 'many', target } : null;
}

/**
 * The first segment of a path that is no association, or null when the whole path exists.
 * @param findCollection looks up a collection of the same data source
 */
export function findUnknownAssociation(
  collection: ICollection,
  path: string[],
  findCollection: (name: string) => ICollection | undefined,
): { collection: ICollection; name: string } | null {
  let current: ICollection | undefined = collection;
  for (const name of path) {
    const step: AssociationStep | null = current ? getAssociation(current, name) : null;
    if (!current || !step) {
      return { collection: current ?? collection, name };
    }
    current = findCollection(step.target);
  }
  return null;
}

/** Adds to every path the paths that lead to it: the host loads `a.b` without the columns of `a` otherwise. */
export function withPrefixes(paths: string[]): string[] {
  const result = new Set<string>();
  for (const path of paths) {
    const segments = path.split('.');
    segments.forEach((_, i) => result.add(segments.slice(0, i + 1).join('.')));
  }
  return [...result];
}
