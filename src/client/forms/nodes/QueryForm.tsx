export default function QueryForm() {
  return null;
}
