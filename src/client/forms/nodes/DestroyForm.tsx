export default function DestroyForm() {
  return null;
}
