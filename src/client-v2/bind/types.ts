import type { BindableType } from '../../client/bind/target';
import { currentLane } from '../host/lane';
import type { Trigger } from '../registry/Trigger';

/** `true`, or a question about the config of a workflow; a trigger type without one cannot be bound. */
type Predicate<Args extends unknown[]> = boolean | ((config: Record<string, unknown>, ...args: Args) => boolean) | undefined;

/** What a trigger type is told of a button of a classic page. */
export interface BindingPredicateContext {
  /** `create` or `update` of the form around the button, else the action of the button */
  action: string;
  formAction?: 'create' | 'update';
  /** `x-action` of the button, e.g. `submit`, `customize:update` */
  buttonAction: string;
  /** whether the workflow would get the form's own record */
  direct: boolean;
}

/**
 * Trigger types that answer the question whether a button starts their workflows.
 * @param predicateOf the member of a trigger type that answers it: lanes ask different ones
 * @param argsOf what the question is told beside the config
 */
export function bindableTypes<Args extends unknown[]>(
  predicateOf: (trigger: Trigger) => Predicate<Args>,
  argsOf: (context: string) => Args,
): BindableType[] {
  const { plugin, port } = currentLane();
  return [...plugin.triggers.getEntities()].flatMap(([type, trigger]) => {
    const predicate = predicateOf(trigger);
    if (!predicate) return [];
    return [
      {
        type,
        title: port.compile(trigger.title),
        accepts: (config, context) => predicate === true || predicate(config, ...argsOf(context)),
      } satisfies BindableType,
    ];
  });
}

/** Trigger types whose workflows buttons of modern pages start. */
export const modernTypes = (scope = 'form'): BindableType[] =>
  bindableTypes<[scope: string]>((trigger) => trigger.actionTriggerableScope, () => [scope]);
