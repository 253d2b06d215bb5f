import { Badge, Card, Empty, Flex, Menu, Segmented, Select, Typography } from 'antd';
import { useEffect, useState, type ComponentType } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { PageFrame } from '../../client/ui/PageFrame';
import { useNarrow } from '../../client/ui/useNarrow';
import { usePageTitle } from '../../client/ui/usePageTitle';
import { PortProvider, usePort } from '../../client/port/HostPort';
import { currentLane } from '../host/lane';
import { getWorkflowTasksPath } from '../host/routes';
import type { TaskTypeOptions } from '../registry/taskTypes';
import {
  TASK_STATUS,
  getAvailableWorkflowTaskTypeKeys,
  normalizeWorkflowTaskStatus,
  useWorkflowTaskCounts,
  type TaskStatus,
} from './tasks';
import { useTaskWorkflows, type TaskWorkflow } from './useTaskWorkflows';

/** What the list of a client is told. It is made anew when the kind, the status or the workflow changes. */
export interface TaskListProps {
  type: TaskTypeOptions & { key: string };
  status: TaskStatus;
  workflow?: TaskWorkflow;
  /** record that is shown in a popup */
  popupId?: string;
  isNarrow: boolean;
  /** shows a record in a popup, or closes that */
  open(id?: string): void;
}

interface TaskCentreProps {
  List: ComponentType<TaskListProps>;
  /** address of a list or a to-do */
  pathOf?: typeof getWorkflowTasksPath;
}

function useStatusOptions() {
  const { t } = usePort();
  return [
    { value: TASK_STATUS.PENDING, label: t('Pending') },
    { value: TASK_STATUS.COMPLETED, label: t('Completed') },
    { value: TASK_STATUS.ALL, label: t('All') },
  ];
}

function useTypes() {
  const { plugin } = currentLane();
  const { counts } = useWorkflowTaskCounts();
  const keys = getAvailableWorkflowTaskTypeKeys(plugin.taskTypes, counts);
  return { counts, types: keys.map((key) => ({ ...plugin.taskTypes.get(key)!, key })) };
}

function TypeMenu({ types, value, isNarrow, onChange }: {
  types: (TaskTypeOptions & { key: string })[];
  value?: string;
  isNarrow: boolean;
  onChange(key: string): void;
}) {
  const { t, compile } = usePort();
  const { counts } = useWorkflowTaskCounts();
  const pending = (key: string) => counts[key]?.pending ?? 0;
  if (isNarrow) {
    return (
      <Select
        aria-label={t('Kind of to-do')}
        value={value}
        onChange={onChange}
        options={types.map(({ key, title }) => ({ value: key, label: `${compile(title)} (${pending(key)})` }))}
        style={{ width: '100%' }}
      />
    );
  }
  return (
    <Menu
      selectedKeys={value ? [value] : []}
      onClick={({ key }) => onChange(key)}
      style={{ width: 240, flex: 'none', borderInlineEnd: 0 }}
      items={types.map(({ key, title }) => ({
        key,
        label: (
          <Flex justify="space-between" align="center" gap="small">
            <Typography.Text ellipsis>{compile(title)}</Typography.Text>
            <Badge count={pending(key)} size="small" />
          </Flex>
        ),
      }))}
    />
  );
}

function Centre({ List, pathOf = getWorkflowTasksPath }: TaskCentreProps) {
  const { t } = usePort();
  // Not the port's: the mobile client has a router of its own.
  const navigate = useNavigate();
  const { taskType, status: statusOfPath, popupId } = useParams();
  const { types } = useTypes();
  const isNarrow = useNarrow();
  const statuses = useStatusOptions();
  const type = types.find(({ key }) => key === taskType) ?? (taskType ? undefined : types[0]);
  const status = normalizeWorkflowTaskStatus(statusOfPath);
  const workflows = useTaskWorkflows(type?.key);
  const [workflowKey, setWorkflowKey] = useState<string>();
  const workflow = workflows.find((item) => item.workflowKey === workflowKey);

  // Cards of extensions go to `./<id>`, so the address has to name kind and status.
  useEffect(() => {
    if (type && (!taskType || !statusOfPath)) navigate(pathOf(type.key, status), { replace: true });
  }, [type?.key, taskType, statusOfPath, status, navigate, pathOf]);
  useEffect(() => setWorkflowKey(undefined), [type?.key]);

  if (!type) return <Empty style={{ marginBlock: 64 }} description={taskType ? t('There is no such kind of to-do') : t('Nothing waits for you')} />;
  return (
    <Flex vertical={isNarrow} gap="middle" align="stretch">
      <TypeMenu types={types} value={type.key} isNarrow={isNarrow} onChange={(key) => navigate(pathOf(key, status))} />
      <Flex vertical gap="middle" flex={1} style={{ minWidth: 0 }}>
        <Flex wrap gap="small" justify="space-between" align="center">
          <Segmented
            aria-label={t('Status')}
            value={status}
            options={statuses}
            onChange={(value) => navigate(pathOf(type.key, value))}
          />
          {workflows.length > 1 && (
            <Select
              allowClear
              showSearch
              optionFilterProp="label"
              aria-label={t('Workflow')}
              placeholder={t('All workflows')}
              value={workflowKey}
              onChange={setWorkflowKey}
              options={workflows.map((item) => ({ value: item.workflowKey, label: item.title }))}
              style={{ minWidth: 220 }}
            />
          )}
        </Flex>
        <List
          key={`${type.key}-${status}-${workflow?.workflowKey ?? ''}`}
          type={type}
          status={status}
          workflow={workflow}
          popupId={popupId}
          isNarrow={isNarrow}
          open={(id) => navigate(pathOf(type.key, status, id))}
        />
      </Flex>
    </Flex>
  );
}

/** What waits for the current user, by kind: lists with a popup for each to-do. */
export function TaskCentre(props: TaskCentreProps) {
  const [{ port }] = useState(currentLane);
  usePageTitle(port.t('Workflow to-dos'));
  return (
    <PortProvider value={port}>
      <PageFrame>
        <Card variant="borderless" title={port.t('Workflow to-dos')} style={{ margin: 'var(--nb-page-padding, 16px)' }}>
          <Centre {...props} />
        </Card>
      </PageFrame>
    </PortProvider>
  );
}
