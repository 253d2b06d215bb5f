export default function ActionTriggerForm() {
  return null;
}
