import { CopyOutlined, DeleteOutlined, EditOutlined, HistoryOutlined, MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import type { WorkflowLine } from '../../api/types';
import { useT } from '../../port/HostPort';

export interface WorkflowMenuActions {
  onEdit(workflow: WorkflowLine): void;
  onDuplicate(workflow: WorkflowLine): void;
  onRemove(workflow: WorkflowLine): void;
  onShowExecutions(workflow: WorkflowLine): void;
}

/** Everything else that can be done to a workflow of the list. */
export function WorkflowMenu({ workflow, onEdit, onDuplicate, onRemove, onShowExecutions }: WorkflowMenuActions & { workflow: WorkflowLine }) {
  const t = useT();
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: [
          { key: 'edit', icon: <EditOutlined />, label: t('Edit'), onClick: () => onEdit(workflow) },
          { key: 'duplicate', icon: <CopyOutlined />, label: t('Duplicate'), onClick: () => onDuplicate(workflow) },
          { key: 'executions', icon: <HistoryOutlined />, label: t('Execution history'), onClick: () => onShowExecutions(workflow) },
          { type: 'divider' },
          { key: 'delete', icon: <DeleteOutlined />, danger: true, label: t('Delete'), onClick: () => onRemove(workflow) },
        ],
      }}
    >
      <Button
        type="text"
        size="small"
        icon={<MoreOutlined />}
        aria-label={t('More actions for {{title}}', { title: workflow.title ?? workflow.key })}
      />
    </Dropdown>
  );
}
