import {
  CopyOutlined,
  DeleteOutlined,
  EditOutlined,
  FormOutlined,
  MoreOutlined,
  ScissorOutlined,
  SnippetsOutlined,
} from '@ant-design/icons';
import { Dropdown, type MenuProps } from 'antd';
import { useState } from 'react';
import type { FlowNode } from '../../document/types';
import { useT } from '../../port/HostPort';
import { useCanvas } from '../state/CanvasContext';

/** "…" of a card: every edit that keys and mouse gestures do, as words. */
export function NodeMenu({ node, tabIndex }: { node: FlowNode; tabIndex: number }) {
  const { store, actions, open } = useCanvas();
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  const chosen = () => {
    const { selection } = store.get();
    return selection.has(node.key) ? selection : new Set([node.key]);
  };
  const items: MenuProps['items'] = [
    { key: 'open', icon: <EditOutlined />, label: t('Configure'), extra: 'Enter', onClick: () => open(node.key) },
    { key: 'rename', icon: <FormOutlined />, label: t('Rename'), extra: 'F2', onClick: () => store.set({ renaming: node.key }) },
    { type: 'divider' },
    { key: 'copy', icon: <CopyOutlined />, label: t('Copy'), extra: 'Ctrl C', onClick: () => void actions.copy(chosen()) },
    { key: 'cut', icon: <ScissorOutlined />, label: t('Cut'), extra: 'Ctrl X', onClick: () => void actions.cut(chosen()) },
    {
      key: 'paste',
      icon: <SnippetsOutlined />,
      label: t('Paste after'),
      extra: 'Ctrl V',
      onClick: () => void actions.paste({ upstream: node.key, branch: null }),
    },
    { key: 'duplicate', icon: <CopyOutlined />, label: t('Duplicate'), extra: 'Ctrl D', onClick: () => actions.duplicate(chosen()) },
    { key: 'note', icon: <FormOutlined />, label: t('Add note'), onClick: () => actions.addNote(node.key) },
    { type: 'divider' },
    {
      key: 'delete',
      icon: <DeleteOutlined />,
      label: t('Delete'),
      extra: 'Del',
      danger: true,
      onClick: () => actions.remove(chosen()),
    },
  ];
  return (
    <Dropdown
      trigger={['click']}
      open={isOpen}
      onOpenChange={setOpen}
      menu={{ items: isOpen ? items : [], onClick: ({ domEvent }) => domEvent.stopPropagation() }}
    >
      <button
        type="button"
        className="wf-quiet wf-menu workflow-node-action-button"
        aria-label={t('More actions')}
        aria-haspopup="menu"
        tabIndex={tabIndex}
        onClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => event.stopPropagation()}
      >
        <MoreOutlined />
      </button>
    </Dropdown>
  );
}
