import { useMemo } from 'react';
import type { FlowDocument, FlowNode } from '../../document/types';
import { usePort, type CollectionCatalog } from '../../port/HostPort';
import type { KindContext } from '../../registry/kinds';

/** Makes what summaries and checks of node types may look at. */
export function useKindContext(): (document: FlowDocument, node?: FlowNode) => KindContext {
  const { t, collections } = usePort();
  return useMemo(
    () => (document, node) => ({
      document,
      node,
      t,
      collectionTitle: (name) => collections.find(name)?.title,
      hasField: (collection, path) => hasField(collections, collection, path),
    }),
    [t, collections],
  );
}

/** Follows associations: `user.department.title`. */
export function hasField(collections: CollectionCatalog, collection: string, path: string): boolean {
  const [first = '', ...rest] = path.split('.');
  const owner = collections.find(collection);
  const field = owner?.fields.find(({ name }) => name === first);
  if (!field) return owner?.primaryKey === path;
  if (rest.length === 0) return true;
  if (!field.target) return field.type === 'json' || field.type === 'jsonb';
  const [dataSource] = collection.includes(':') ? collection.split(':') : [];
  return hasField(collections, dataSource ? `${dataSource}:${field.target}` : field.target, rest.join('.'));
}
