export default function MultiConditionsForm() {
  return null;
}
