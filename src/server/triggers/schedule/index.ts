export { ScheduleTrigger } from './ScheduleTrigger';
export { previewOccurrences } from './previewOccurrences';
