import {
  CopyOutlined,
  DeleteOutlined,
  CommentOutlined,
  EditOutlined,
  FormOutlined,
  MoreOutlined,
  ScissorOutlined,
  SnippetsOutlined,
} from '@ant-design/icons';
import { Dropdown, type MenuProps } from 'antd';
import { useRef, useState } from 'react';
import type { FlowNode } from '../../document/types';
import { useT } from '../../port/HostPort';
import { useCanvas } from '../state/CanvasContext';

/**
 * "…" of a card: every edit that keys and mouse gestures do, as words. The menu itself is made when it is first opened,
 * since hundreds of cards have one; it hangs on an element over the button, and gives the focus back to the button.
 */
export function NodeMenu({ node, tabIndex }: { node: FlowNode; tabIndex: number }) {
  const { store, actions, open } = useCanvas();
  const t = useT();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState<boolean>();
  const chosen = () => {
    const { selection } = store.get();
    return selection.has(node.key) ? selection : new Set([node.key]);
  };
  const items: MenuProps['items'] = isOpen === undefined ? [] : [
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
    { key: 'note', icon: <CommentOutlined />, label: t('Add note'), onClick: () => actions.addNote(node.key) },
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
    <span className="wf-menu-place">
      <button
        ref={button}
        type="button"
        className={`wf-quiet wf-menu workflow-node-action-button ${isOpen ? 'wf-open' : ''}`}
        aria-label={t('More actions')}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        tabIndex={tabIndex}
        onClick={(event) => {
          event.stopPropagation();
          setOpen(true);
        }}
        onKeyDown={(event) => event.stopPropagation()}
      >
        <MoreOutlined />
      </button>
      {isOpen !== undefined && (
        <Dropdown
          autoFocus
          trigger={['click']}
          open={isOpen}
          onOpenChange={setOpen}
          menu={{ items, onClick: ({ domEvent }) => domEvent.stopPropagation() }}
        >
          <span
            className="wf-menu-anchor"
            style={{ pointerEvents: isOpen ? 'auto' : 'none' }}
            tabIndex={-1}
            onFocus={() => button.current?.focus()}
            onClick={(event) => event.stopPropagation()}
          />
        </Dropdown>
      )}
    </span>
  );
}
