import {
  ActionContextProvider,
  BlockRequestContext_deprecated,
  CollectionProvider,
  CollectionRecordProvider,
  SchemaComponent,
  SchemaComponentContext,
  useAPIClient,
} from '@nocobase/client';
import { PortErrorBoundary, useWorkflowTaskCounts, type TaskListProps } from '@nocobase/plugin-workflow/client-v2';
import { useContext, useEffect, useMemo, useRef, useState } from 'react';
import { PopupRecordContext, WorkflowTaskFilterContext } from '../tasks/contexts';

type TaskRecord = Record<string, unknown> & { id?: number | string };

const NO_PARAMS = () => ({});
const PAGE_SIZE = 20;

/** Asks for the list around it again when the number of to-dos has changed: one was done, or came in. */
function ListRefresh({ type }: { type: string }) {
  const { service } = useContext(BlockRequestContext_deprecated) ?? {};
  const { counts } = useWorkflowTaskCounts();
  const numbers = JSON.stringify(counts[type]);
  const known = useRef(numbers);
  useEffect(() => {
    if (known.current !== undefined && known.current !== numbers) service?.refresh?.();
    known.current = numbers;
  }, [numbers, service]);
  return null;
}

const COMPONENTS = { ListRefresh };

/** Schema of a list whose items and buttons are components that the kind of to-do registered. */
const listSchema = (name: string, { type }: TaskListProps, params: Record<string, unknown>) => ({
  type: 'void',
  name,
  'x-decorator': 'List.Decorator',
  'x-decorator-props': {
    collection: type.collection,
    resource: type.collection,
    action: type.action ?? 'list',
    params: { pageSize: PAGE_SIZE, sort: ['-createdAt'], ...params },
  },
  properties: {
    ...(type.Actions && { actions: { type: 'void', 'x-component': 'TaskActions' } }),
    refresh: { type: 'void', 'x-component': 'ListRefresh', 'x-component-props': { type: type.key } },
    list: {
      type: 'array',
      'x-component': 'List',
      properties: {
        item: { type: 'object', 'x-component': 'List.Item', properties: { content: { type: 'void', 'x-component': 'TaskItem' } } },
      },
    },
  },
});

/** The record that the address names: the one that was clicked, or what the server says. */
function usePopupRecord({ type, popupId }: TaskListProps, params: Record<string, unknown>) {
  const client = useAPIClient();
  const [record, setRecord] = useState<TaskRecord>();
  const isKnown = popupId !== undefined && String(record?.id) === popupId;
  useEffect(() => {
    if (!popupId || isKnown) return undefined;
    let isLeft = false;
    const request = { params: { filterByTk: popupId, appends: params.appends, except: params.except } };
    const loading = type.getPopupRecord?.(client, request) ?? client.resource(type.collection).get!(request.params);
    loading
      .then((response) => !isLeft && setRecord((response as { data?: { data?: TaskRecord } }).data?.data))
      // The host has said what was wrong; without a record there is nothing to show.
      .catch(() => !isLeft && setRecord(undefined));
    return () => {
      isLeft = true;
    };
  }, [client, type, popupId, isKnown]);
  return { record: popupId && isKnown ? record : undefined, setRecord };
}

/** To-dos of one kind, drawn by the components that the kind registered for the v1 client. */
export function TaskList(props: TaskListProps) {
  const { type, status, workflow, open } = props;
  const context = useContext(SchemaComponentContext);
  const params = (type.useActionParams ?? NO_PARAMS)(status, workflow?.workflowKey);
  const { record, setRecord } = usePopupRecord(props, params);
  const signature = JSON.stringify(params);
  const schema = useMemo(() => listSchema(`tasks-${type.key}-${status}`, props, params), [type, status, signature]);
  const { Actions, Item, Detail } = type;
  const components = useMemo(() => ({ ...COMPONENTS, TaskActions: Actions, TaskItem: Item }), [Actions, Item]);
  const popup = useMemo(() => ({ record, setRecord }), [record, setRecord]);
  const filter = useMemo(() => ({ selectedWorkflow: workflow }), [workflow]);
  const close = (visible: boolean) => {
    if (visible) return;
    setRecord(undefined);
    open();
  };
  return (
    <WorkflowTaskFilterContext.Provider value={filter}>
      <PopupRecordContext.Provider value={popup}>
        <SchemaComponentContext.Provider value={{ ...context, designable: false }}>
          <SchemaComponent schema={schema} components={components} />
          {record && Detail && (
            <ActionContextProvider value={{ visible: true, setVisible: close, openMode: 'modal', openSize: 'large' }}>
              <CollectionProvider name={type.collection} allowNull>
                <CollectionRecordProvider record={record}>
                  <PortErrorBoundary resetKey={record.id}>
                    <Detail />
                  </PortErrorBoundary>
                </CollectionRecordProvider>
              </CollectionProvider>
            </ActionContextProvider>
          )}
        </SchemaComponentContext.Provider>
      </PopupRecordContext.Provider>
    </WorkflowTaskFilterContext.Provider>
  );
}
