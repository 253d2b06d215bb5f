export default function SchedulePreset() {
  return null;
}
