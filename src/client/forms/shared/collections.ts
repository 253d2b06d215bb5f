import type { CollectionCatalog, CollectionField, CollectionInfo } from '../../port/HostPort';
import { targetOf } from '../variables/collectionVariables';
import { isAssociation } from '../variables/fieldTypes';

/** @example splitName('other:posts') // ['other', 'posts']; main when no data source is named */
export function splitName(name: string): [string, string] {
  const at = name.indexOf(':');
  return at < 0 ? ['main', name] : [name.slice(0, at), name.slice(at + 1)];
}

/** @example joinName('main', 'posts') // 'posts' */
export const joinName = (dataSource: string, collection: string): string =>
  dataSource === 'main' ? collection : `${dataSource}:${collection}`;

/** Fields that people know of. */
export const offeredFields = (collection: CollectionInfo | undefined): readonly CollectionField[] =>
  (collection?.fields ?? []).filter((field) => field.interface && !field.hidden);

export const associationsOf = (collection: CollectionInfo | undefined): readonly CollectionField[] =>
  offeredFields(collection).filter((field) => isAssociation(field) && field.target);

/** A field by its path from a collection, and the name of the collection that it belongs to. */
export function fieldAt(
  catalog: CollectionCatalog,
  collection: string,
  path: readonly string[],
): { field: CollectionField; collection: string } | undefined {
  const [name, ...rest] = path;
  const fields = catalog.find(collection)?.fields ?? [];
  const field =
    fields.find((candidate) => candidate.name === name) ??
    // Keys of associations are stored although they may be no field of their own.
    fields.flatMap((owner): CollectionField[] =>
      owner.type === 'belongsTo' && owner.foreignKey === name
        ? [{ name: owner.foreignKey!, title: `${owner.title} ID`, type: 'bigInt', interface: 'integer', target: owner.target, isForeignKey: true }]
        : [],
    )[0];
  if (!field) return undefined;
  if (!rest.length) return { field, collection };
  return field.target ? fieldAt(catalog, targetOf(collection, field), rest) : undefined;
}
