export default function UpdateForm() {
  return null;
}
