import { currentLane, useWorkflowTaskCounts } from '@nocobase/plugin-workflow/client-v2';
import { createContext, useContext } from 'react';

interface PopupRecord {
  record?: unknown;
  setRecord?(record: unknown): void;
}

/** The record in the popup of the task centre. */
export const PopupRecordContext = createContext<PopupRecord>({});
export const usePopupRecordContext = () => useContext(PopupRecordContext);

/** What the lists of the task centre are narrowed to. */
export const WorkflowTaskFilterContext = createContext<{ selectedWorkflow?: { workflowKey: string; title?: string } }>({});
export const useWorkflowTaskFilterContext = () => useContext(WorkflowTaskFilterContext);

/** Hook. To-dos of the current user by type. */
export function useTasksCountsContext() {
  return useWorkflowTaskCounts(currentLane().app);
}
