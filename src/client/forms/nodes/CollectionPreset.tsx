export default function CollectionPreset() {
  return null;
}
