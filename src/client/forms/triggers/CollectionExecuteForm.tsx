export default function CollectionExecuteForm() {
  return null;
}
