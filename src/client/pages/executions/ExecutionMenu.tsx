import { DeleteOutlined, MoreOutlined, RedoOutlined, StopOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { isLive } from '../../../common/status';
import type { ExecutionLine } from '../../api/types';
import { useT } from '../../port/HostPort';

export interface ExecutionMenuActions {
  onRerun(execution: ExecutionLine): void;
  onCancel(execution: ExecutionLine): void;
  onRemove(execution: ExecutionLine): void;
}

/** What can be done to one execution: it is cancelled while it goes on, and deleted afterwards. */
export function ExecutionMenu({ execution, onRerun, onCancel, onRemove }: ExecutionMenuActions & { execution: ExecutionLine }) {
  const t = useT();
  const last = isLive(execution.status)
    ? { key: 'cancel', icon: <StopOutlined />, danger: true, label: t('Cancel the execution'), onClick: () => onCancel(execution) }
    : { key: 'delete', icon: <DeleteOutlined />, danger: true, label: t('Delete'), onClick: () => onRemove(execution) };
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: [
          { key: 'rerun', icon: <RedoOutlined />, label: t('Run again'), onClick: () => onRerun(execution) },
          { type: 'divider' },
          last,
        ],
      }}
    >
      <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t('More actions for {{title}}', { title: `#${execution.id}` })} />
    </Dropdown>
  );
}
