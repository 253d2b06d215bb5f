export default function ScheduleForm() {
  return null;
}
