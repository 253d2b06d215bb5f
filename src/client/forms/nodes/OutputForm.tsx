export default function OutputForm() {
  return null;
}
