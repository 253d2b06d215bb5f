import type { Trigger, WorkflowPlugin } from '../contract';
import { CollectionTrigger } from './collection';
import { ScheduleTrigger } from './schedule';

/** Trigger types that are registered by their class alone. */
export const coreTriggers: Record<string, new (plugin: WorkflowPlugin) => Trigger> = {
  collection: CollectionTrigger,
  schedule: ScheduleTrigger,
};
