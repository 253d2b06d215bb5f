export default function ScheduleExecuteForm() {
  return null;
}
