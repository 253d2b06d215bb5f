import { useApp, useDataSourceManager } from '@nocobase/client';
import { getCollectionManagerAdapter, useFlowContext } from '@nocobase/plugin-workflow/client-v2';
import type { Trigger } from '@nocobase/plugin-workflow/client-v2';
import { PLUGIN_NAME } from '../common/constants';

/** The trigger type of the current workflow, or null. */
export function useTrigger(): Trigger | null {
  const { pm } = useApp();
  const { workflow } = useFlowContext();
  return (workflow && pm.get(PLUGIN_NAME)?.triggers.get(workflow.type)) ?? null;
}

/** Collections and fields of a data source. */
export function useGetDataSourceCollectionManager(dataSource = 'main') {
  return getCollectionManagerAdapter(useDataSourceManager(), dataSource);
}

/** Action of the old "Submit to workflow" buttons, which this version does not have. */
export const useTriggerWorkflowsActionProps = () => ({ async onClick(): Promise<void> {} });
export const useRecordTriggerWorkflowsActionProps = useTriggerWorkflowsActionProps;
