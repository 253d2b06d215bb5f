export default function CollectionTriggerPreset() {
  return null;
}
