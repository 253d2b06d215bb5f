export default function CalculationForm() {
  return null;
}
