import { CollectionField } from '../shared/CollectionField';

/** Asked when a node that works on records is added. */
export default function CollectionPreset() {
  return <CollectionField />;
}
