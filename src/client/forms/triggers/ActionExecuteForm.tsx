export default function ActionExecuteForm() {
  return null;
}
