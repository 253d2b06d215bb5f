import { CollectionField } from '../shared/CollectionField';

/** Asked when a workflow on a collection is created: `{ collection }`. */
export default function CollectionTriggerPreset() {
  return <CollectionField />;
}
