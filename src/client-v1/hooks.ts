import { useDataSourceManager } from '@nocobase/client';
import { currentLane, getCollectionManagerAdapter, useFlowContext } from '@nocobase/plugin-workflow/client-v2';
import type { Trigger } from '@nocobase/plugin-workflow/client-v2';

/** The trigger type of the current workflow, or null. */
export function useTrigger(): Trigger | null {
  const { workflow } = useFlowContext();
  return (workflow && currentLane().plugin.triggers.get(workflow.type)) ?? null;
}

/** Collections and fields of a data source. */
export function useGetDataSourceCollectionManager(dataSource = 'main') {
  return getCollectionManagerAdapter(useDataSourceManager(), dataSource);
}
