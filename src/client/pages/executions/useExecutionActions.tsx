import { App } from 'antd';
import { useCallback } from 'react';
import { isLive } from '../../../common/status';
import type { ExecutionFilter, ExecutionLine, Id } from '../../api/types';
import { useWorkflowApi } from '../../api/useWorkflowApi';
import { paths } from '../../api/paths';
import { usePort } from '../../port/HostPort';
import { errorText } from '../../ui/errorText';
import { useConfirmLoss } from '../../ui/useConfirmLoss';

/** What can be done to executions, with the questions that have to be asked before. */
export function useExecutionActions(reload: () => void) {
  const api = useWorkflowApi();
  const port = usePort();
  const { t } = port;
  const { message, modal } = App.useApp();
  const confirmLoss = useConfirmLoss();

  const cancel = useCallback(
    async (id: Id) => {
      const done = await confirmLoss({
        title: t('Are you sure you want to cancel the execution?'),
        content: t('What it has done so far stays. To-dos that wait for people are withdrawn.'),
        action: t('Cancel the execution'),
        perform: () => api.cancelExecution(id),
      });
      if (done) reload();
    },
    [api, confirmLoss, reload, t],
  );

  /** Asks, then runs it again; an execution that has ended runs again as a new one, which is opened. */
  const rerun = useCallback(
    (execution: Pick<ExecutionLine, 'id' | 'status'>, nodeId?: Id) => {
      const perform = async () => {
        try {
          const answer = await api.rerunExecution(execution.id, nodeId);
          const id = answer?.id;
          void message.success(t('It runs again'));
          if (id !== undefined && String(id) !== String(execution.id)) port.navigate(paths.execution(id));
          else reload();
        } catch (failure) {
          void message.error(errorText(failure));
        }
      };
      modal.confirm({
        title: nodeId === undefined ? t('Run the workflow again?') : t('Run the workflow again from this node?'),
        content: t('What its nodes did once they do once more: records are written, mails and requests are sent.'),
        okText: t('Run again'),
        cancelText: t('Cancel'),
        onOk: perform,
      });
    },
    [api, message, modal, port, reload, t],
  );

  const remove = useCallback(
    async (executions: readonly Pick<ExecutionLine, 'id' | 'status'>[]) => {
      const ended = executions.filter(({ status }) => !isLive(status));
      const skipped = executions.length - ended.length;
      if (ended.length === 0) {
        void message.info(t('What has not ended cannot be deleted; cancel it first.'));
        return false;
      }
      const done = await confirmLoss({
        title: ended.length === 1 ? t('Delete the execution #{{id}}?', { id: ended[0]!.id }) : t('Delete {{count}} executions?', { count: ended.length }),
        content: skipped > 0 ? t('{{count}} that have not ended stay.', { count: skipped }) : t('Its jobs and their results go with it. The count of executions stays.'),
        action: t('Delete'),
        perform: () => api.destroyExecutions(ended.map(({ id }) => id)),
      });
      if (done) reload();
      return done;
    },
    [api, confirmLoss, message, reload, t],
  );

  /** Deletes everything that fits the filter and has ended. */
  const clear = useCallback(
    async (filter: ExecutionFilter, isFiltered: boolean) => {
      const done = await confirmLoss({
        title: isFiltered ? t('Delete all executions that fit the filter?') : t('Delete all executions of this workflow?'),
        content: t('Executions that have not ended stay. The count of executions stays as well.'),
        action: t('Clear'),
        perform: () => api.clearExecutions(filter),
      });
      if (done) reload();
    },
    [api, confirmLoss, reload, t],
  );

  return { cancel, rerun, remove, clear };
}
