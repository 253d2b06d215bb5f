import { useFieldSchema, useForm } from '@formily/react';
import {
  useAPIClient,
  useActionContext,
  useCollectValuesToSubmit,
  useCollectionRecordData,
  useCompile,
} from '@nocobase/client';
import { currentLane, triggerWorkflowsParam } from '@nocobase/plugin-workflow/client-v2';
import { App } from 'antd';

interface ActionSettings {
  triggerWorkflows?: unknown;
  skipValidator?: boolean;
  onSuccess?: { successMessage?: string };
}

/** What both old "Submit to workflow" buttons do with the values that they start workflows with. */
function useSend() {
  const schema = useFieldSchema();
  const client = useAPIClient();
  const { setVisible, setFormValueChanged } = useActionContext();
  const { message } = App.useApp();
  const compile = useCompile();
  const settings: ActionSettings = schema?.['x-action-settings'] ?? {};
  return {
    settings,
    async send(values: Record<string, unknown> | undefined): Promise<void> {
      const triggerWorkflows = triggerWorkflowsParam(settings.triggerWorkflows);
      await client.resource('workflows').trigger!({ values, triggerWorkflows });
      setFormValueChanged?.(false);
      setVisible?.(false);
      const { successMessage } = settings.onSuccess ?? {};
      void message.success(successMessage ? compile(successMessage) : currentLane().port.t('Saved successfully'));
    },
  };
}

/**
 * Hook of the old "Submit to workflow" button of forms: starts the bound workflows with the form's values and saves nothing.
 * Pages of earlier versions of the host name it.
 */
export function useTriggerWorkflowsActionProps() {
  const form = useForm();
  const collectValues = useCollectValuesToSubmit();
  const { settings, send } = useSend();
  return {
    async onClick(): Promise<void> {
      if (!settings.skipValidator) await form.submit();
      await send(await collectValues());
    },
  };
}

/** Hook of the old "Submit to workflow" button of records: starts the bound workflows with the record as it is. */
export function useRecordTriggerWorkflowsActionProps() {
  const record = useCollectionRecordData();
  const { send } = useSend();
  return {
    async onClick(): Promise<void> {
      await send(record);
    },
  };
}
