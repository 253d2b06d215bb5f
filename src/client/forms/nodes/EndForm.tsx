export default function EndForm() {
  return null;
}
