import { useFormScope } from '../context';

/** Hook. True when the collection was saved with the node: other settings and later nodes go by it. */
export function useLockedCollection(): boolean {
  const collection = useFormScope()?.node?.config.collection;
  return typeof collection === 'string' && collection !== '';
}
