export default function CollectionTriggerForm() {
  return null;
}
