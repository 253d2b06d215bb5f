export default function ConditionPreset() {
  return null;
}
