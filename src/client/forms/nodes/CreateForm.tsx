export default function CreateForm() {
  return null;
}
