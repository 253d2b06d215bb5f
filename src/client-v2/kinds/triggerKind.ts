import type { TriggerKind } from '../../client/registry/kinds';
import type { Trigger } from '../registry/Trigger';
import { fieldsetOf } from './fieldsets';
import type { Adapting } from './nodeKind';
import { asUseOptions, variableOf } from './variables';

/** A trigger type that was registered by an extension, as pages and drawers see it. */
export function triggerKindOf(type: string, trigger: Trigger, { port: { compile }, legacy }: Adapting): TriggerKind {
  const schemas = { scope: trigger.scope, components: trigger.components };
  return {
    type,
    title: compile(trigger.title),
    description: trigger.description && compile(trigger.description),
    sync: trigger.sync,
    defaultConfig: () => trigger.createDefaultConfig?.() ?? {},
    preset: fieldsetOf({ schema: trigger.presetFieldset, load: trigger.PresetFieldsetLoader }, schemas, legacy),
    fieldset: fieldsetOf({ schema: trigger.fieldset, load: trigger.FieldsetLoader }, schemas, legacy),
    executeFieldset: fieldsetOf({ schema: trigger.triggerFieldset, load: trigger.TriggerFieldsetLoader }, schemas, legacy),
    executable: (config) => trigger.validate?.(config) ?? true,
    ...(trigger.useVariables && {
      useVariables(config, request) {
        const options = trigger.useVariables!(config, asUseOptions(request)) ?? [];
        return options.map((option) => variableOf(option, ['$context'], compile));
      },
    }),
  };
}
