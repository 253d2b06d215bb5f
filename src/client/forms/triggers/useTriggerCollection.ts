import { useFormScope } from '../context';

/** Hook. Collection that is stored with the workflow's trigger; undefined while none was saved. */
export function useTriggerCollection(): string | undefined {
  const collection = useFormScope()?.document?.trigger.config.collection;
  return typeof collection === 'string' && collection ? collection : undefined;
}
