import { Alert, Empty, Flex, Modal, Pagination, Spin } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { usePort } from '../../client/port/HostPort';
import { ErrorBoundary } from '../../client/ui/ErrorBoundary';
import { WorkflowTaskRecordContext } from '../contexts/shared';
import { currentLane } from '../host/lane';
import { WORKFLOW_TASKS_PAGE_SIZE } from '../host/routes';
import type { TaskListProps } from './TaskCentre';
import { getWorkflowTaskRecordKey, useWorkflowTaskCounts } from './tasks';

type TaskRecord = { id?: number | string; key?: string; title?: string; [field: string]: unknown };

const NO_PARAMS = () => ({});

function useTaskRecords({ type, status, workflow }: TaskListProps) {
  const port = usePort();
  const params = (type.useActionParams ?? NO_PARAMS)(status, workflow?.workflowKey);
  const signature = JSON.stringify(params);
  const stats = useWorkflowTaskCounts().counts[type.key];
  const [page, setPage] = useState(1);
  const [state, setState] = useState<{ records?: TaskRecord[]; total: number; error?: Error }>({ total: 0 });
  const load = useCallback(
    async (signal?: AbortSignal) => {
      try {
        const { data, meta } = await port.request<TaskRecord[]>({
          action: `${type.collection}:${type.action ?? 'list'}`,
          params: { sort: ['-createdAt'], ...JSON.parse(signature), page, pageSize: WORKFLOW_TASKS_PAGE_SIZE },
          signal,
        });
        setState({ records: data ?? [], total: meta?.count ?? data?.length ?? 0 });
      } catch (error) {
        if (!signal?.aborted) setState({ total: 0, error: error as Error });
      }
    },
    [port, type.collection, type.action, signature, page],
  );
  useEffect(() => {
    const controller = new AbortController();
    void load(controller.signal);
    return () => controller.abort();
    // Numbers that the server pushes mean that the list has changed.
  }, [load, stats?.pending, stats?.all]);
  return { ...state, page, setPage, load };
}

/** The record of the popup: with all that its details need when its kind says how to get it. */
function usePopupRecord({ type, popupId }: TaskListProps, records: TaskRecord[] | undefined) {
  const port = usePort();
  const [record, setRecord] = useState<TaskRecord>();
  const listed = records?.find((item) => getWorkflowTaskRecordKey(item) === popupId);
  useEffect(() => {
    setRecord(listed);
    if (!popupId) return undefined;
    let isLeft = false;
    const params = { filterByTk: popupId };
    const loading = type.getPopupRecord
      ? type.getPopupRecord(currentLane().app.apiClient, { params }).then((response) => (response as { data?: { data?: TaskRecord } }).data?.data)
      : port.request<TaskRecord>({ action: `${type.collection}:get`, params }).then(({ data }) => data);
    loading
      .then((loaded) => !isLeft && loaded && setRecord({ ...listed, ...loaded }))
      // What the list gave is shown; without that the popup says that the to-do is gone.
      .catch(() => !isLeft && setRecord(listed ?? {}));
    return () => {
      isLeft = true;
    };
  }, [port, type, popupId, listed !== undefined]);
  return { record, setRecord };
}

function Popup(props: TaskListProps & { records?: TaskRecord[]; refresh(): Promise<void> }) {
  const { type, popupId, isNarrow, open, records, refresh } = props;
  const { t } = usePort();
  const { record, setRecord } = usePopupRecord(props, records);
  const { Detail, DetailModal } = type;
  const value = useMemo(
    () => ({ record: record ?? {}, refresh, openRecord: (next: unknown) => (next ? setRecord(next as TaskRecord) : open()), setRecord: (next: unknown) => setRecord(next as TaskRecord) }),
    [record, refresh, open, setRecord],
  );
  if (!popupId || !Detail) return null;
  const title = record?.title ?? t('To-do');
  const isGone = record !== undefined && Object.keys(record).length === 0;
  const content = !record ? (
    <Spin />
  ) : isGone ? (
    <Alert type="warning" showIcon message={t('This to-do does not exist any more, or it is not yours.')} />
  ) : (
    <ErrorBoundary resetKey={popupId}>
      <Detail />
    </ErrorBoundary>
  );
  return (
    <WorkflowTaskRecordContext.Provider value={value}>
      {DetailModal ? (
        <DetailModal record={record ?? {}} title={title} mobile={isNarrow} onClose={() => open()}>
          {content}
        </DetailModal>
      ) : (
        <Modal open title={title} width={isNarrow ? '100%' : 800} footer={null} onCancel={() => open()} destroyOnClose>
          {content}
        </Modal>
      )}
    </WorkflowTaskRecordContext.Provider>
  );
}

/** To-dos of one kind, drawn by the components that the kind registered for the v2 client. */
export function TaskList(props: TaskListProps) {
  const { type, workflow, isNarrow, open } = props;
  const { t } = usePort();
  const { records, total, error, page, setPage, load } = useTaskRecords(props);
  const { Actions, Item } = type;
  const refresh = useCallback(() => load(), [load]);
  return (
    <Flex vertical gap="middle">
      {Actions && (
        <Flex justify="end">
          <Actions
            onlyIcon={isNarrow}
            reload={refresh}
            workflowKey={workflow?.workflowKey}
            workflowPendingCount={workflow?.stats?.pending}
          />
        </Flex>
      )}
      {error && <Alert type="error" showIcon message={t('Could not be loaded')} description={error.message} />}
      {!records && !error && <Spin style={{ marginBlock: 48 }} />}
      {records?.length === 0 && <Empty description={t('Nothing waits for you')} style={{ marginBlock: 48 }} />}
      {records?.map((record) => {
        const key = getWorkflowTaskRecordKey(record);
        return (
          <WorkflowTaskRecordContext.Provider key={key} value={{ record, refresh, openRecord: () => open(key) }}>
            <ErrorBoundary resetKey={key}>
              <div
                role="button"
                tabIndex={0}
                onClick={() => open(key)}
                onKeyDown={(event) => event.key === 'Enter' && open(key)}
                style={{ cursor: 'pointer' }}
              >
                {Item ? <Item /> : String(record.title ?? key)}
              </div>
            </ErrorBoundary>
          </WorkflowTaskRecordContext.Provider>
        );
      })}
      {total > WORKFLOW_TASKS_PAGE_SIZE && (
        <Pagination align="end" current={page} total={total} pageSize={WORKFLOW_TASKS_PAGE_SIZE} onChange={setPage} showSizeChanger={false} />
      )}
      <Popup {...props} records={records} refresh={refresh} />
    </Flex>
  );
}
