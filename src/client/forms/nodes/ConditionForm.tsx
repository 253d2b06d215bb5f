export default function ConditionForm() {
  return null;
}
