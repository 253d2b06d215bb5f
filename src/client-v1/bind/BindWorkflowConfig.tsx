import {
  SchemaSettingsActionModalItem,
  useCollection,
  useFormBlockType,
  useSchemaSettings,
  type ButtonSchema,
} from '@nocobase/client';
import {
  BindingField,
  bindableTypes,
  currentLane,
  joinCollectionName,
  type BindTarget,
  type BindingPredicateContext,
} from '@nocobase/plugin-workflow/client-v2';
import { useMemo, useState } from 'react';

/** Buttons that hand chosen records back to a form save nothing. */
const PICKER = 'usePickActionProps';

const DELETING = 'destroy';

/** The button that a menu belongs to, as the target of bindings. */
function useTarget(schema: ButtonSchema): BindTarget {
  const collection = useCollection();
  const { type: formType } = useFormBlockType();
  const buttonAction = schema['x-action'] ?? '';
  return useMemo(() => {
    const argsOf = (context: string): [BindingPredicateContext] => [
      { action: formType ?? buttonAction, formAction: formType, buttonAction, direct: context === '' },
    ];
    return {
      collection: collection ? joinCollectionName(collection.dataSource ?? 'main', collection.name) : '',
      // What is about to be deleted is all that a workflow can get.
      contexts: buttonAction !== DELETING,
      types: bindableTypes((trigger) => trigger.isActionTriggerable_deprecated, argsOf),
    };
  }, [collection, formType, buttonAction]);
}

function BindingItem({ schema }: { schema: ButtonSchema }) {
  const { dn } = useSchemaSettings();
  const { t } = currentLane().port;
  const target = useTarget(schema);
  const [, setSaved] = useState(0);
  const stored = JSON.stringify(schema['x-action-settings']?.triggerWorkflows ?? []);
  const initialValues = useMemo(() => ({ group: JSON.parse(stored) as unknown }), [stored]);
  const dialog = useMemo(
    () => ({
      type: 'object',
      properties: { group: { type: 'any', 'x-component': 'BindingField', 'x-component-props': { target } } },
    }),
    [target],
  );
  return (
    <SchemaSettingsActionModalItem
      title={t('Bind workflows')}
      width={760}
      maskClosable={false}
      initialValues={initialValues}
      schema={dialog}
      components={{ BindingField }}
      onSubmit={({ group }) => {
        const settings = { ...schema['x-action-settings'], triggerWorkflows: group };
        schema['x-action-settings'] = settings;
        dn?.emit('patch', { schema: { 'x-uid': schema['x-uid'], 'x-action-settings': settings } });
        setSaved((count) => count + 1);
      }}
    />
  );
}

/**
 * "Bind workflows" in the settings menu of a button on a classic page. Bindings are stored in the button's
 * `x-action-settings.triggerWorkflows`; the host puts them into the request.
 */
export function BindWorkflowConfig() {
  const { fieldSchema } = useSchemaSettings();
  if (!fieldSchema || fieldSchema['x-use-component-props'] === PICKER) return null;
  return <BindingItem schema={fieldSchema} />;
}
