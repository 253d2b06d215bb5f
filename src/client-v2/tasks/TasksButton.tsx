import { CheckCircleOutlined } from '@ant-design/icons';
import { Badge } from 'antd';
import type { ReactNode } from 'react';
import { useT } from '../../client/port/HostPort';
import { currentLane } from '../host/lane';
import { getWorkflowTasksPath } from '../host/routes';
import { getAvailableWorkflowTaskTypeKeys, useWorkflowTaskCounts } from './tasks';

interface TasksButtonProps {
  /** makes the button of the client's top bar */
  button(icon: ReactNode, open: () => void): ReactNode;
}

/** Leads to the task centre and says how many to-dos wait; not there for those who never get any. */
export function TasksButton({ button }: TasksButtonProps) {
  const t = useT();
  const { plugin, port } = currentLane();
  const { counts, total } = useWorkflowTaskCounts();
  const types = getAvailableWorkflowTaskTypeKeys(plugin.taskTypes, counts);
  if (!types.length) return null;
  const label = total ? t('Workflow to-dos: {{count}} wait', { count: total }) : t('Workflow to-dos');
  return button(
    <Badge count={total} size="small" title={label}>
      <CheckCircleOutlined aria-label={label} />
    </Badge>,
    () => port.navigate(getWorkflowTasksPath()),
  );
}
