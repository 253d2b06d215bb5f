import { DeleteOutlined, DownOutlined, EditOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useSortable } from '@dnd-kit/sortable';
import { Button, Dropdown, theme } from 'antd';
import type { CSSProperties, ReactNode, Ref } from 'react';
import type { Category } from '../../api/types';
import { useT } from '../../port/HostPort';
import { ColorDot } from '../../ui/ColorDot';

interface TabProps {
  'aria-keyshortcuts'?: string;
  isActive: boolean;
  onChoose(): void;
}

interface CategoryTabProps extends TabProps {
  category: Category;
  isFirst: boolean;
  isLast: boolean;
  onEdit(): void;
  onRemove(): void;
  onMove(step: 1 | -1): void;
}

function useTabStyle(isActive: boolean): CSSProperties {
  const { token } = theme.useToken();
  return {
    display: 'inline-flex',
    alignItems: 'center',
    gap: token.marginXXS,
    padding: `${token.paddingXS}px ${token.paddingSM}px`,
    border: 0,
    borderBottom: `2px solid ${isActive ? token.colorPrimary : 'transparent'}`,
    background: 'none',
    color: token.colorText,
    font: 'inherit',
    fontWeight: isActive ? token.fontWeightStrong : undefined,
    whiteSpace: 'nowrap',
    cursor: 'pointer',
    touchAction: 'manipulation',
  };
}

function Tab({ isActive, onChoose, children, tabRef, ...rest }: TabProps & { children: ReactNode; tabRef?: Ref<HTMLButtonElement> }) {
  const style = useTabStyle(isActive);
  return (
    <button type="button" {...rest} ref={tabRef} role="tab" aria-selected={isActive} tabIndex={isActive ? 0 : -1} onClick={onChoose} style={style}>
      {children}
    </button>
  );
}

export function AllTab(props: TabProps) {
  const t = useT();
  return <Tab {...props}>{t('All')}</Tab>;
}

/** A category as a tab; the chosen one carries a menu. */
export function CategoryTab({ category, isActive, isFirst, isLast, onChoose, onEdit, onRemove, onMove }: CategoryTabProps) {
  const t = useT();
  const { setNodeRef, transform, transition, listeners, isDragging } = useSortable({ id: String(category.id) });
  return (
    <span
      ref={setNodeRef}
      style={{
        display: 'inline-flex',
        alignItems: 'center',
        transform: transform ? `translate3d(${transform.x}px, 0, 0)` : undefined,
        transition,
        opacity: isDragging ? 0.6 : 1,
      }}
      // Only the pointer drags here; the keyboard has Alt and the arrows.
      onPointerDown={listeners?.onPointerDown as React.PointerEventHandler | undefined}
    >
      <Tab isActive={isActive} onChoose={onChoose} aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight">
        <ColorDot color={category.color} /> {category.title}
      </Tab>
      {isActive && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'edit', icon: <EditOutlined />, label: t('Edit category'), onClick: onEdit },
              { key: 'left', icon: <LeftOutlined />, label: t('Move left'), disabled: isFirst, onClick: () => onMove(-1) },
              { key: 'right', icon: <RightOutlined />, label: t('Move right'), disabled: isLast, onClick: () => onMove(1) },
              { type: 'divider' },
              { key: 'delete', icon: <DeleteOutlined />, danger: true, label: t('Delete category'), onClick: onRemove },
            ],
          }}
        >
          <Button
            type="text"
            size="small"
            icon={<DownOutlined style={{ fontSize: 10 }} />}
            aria-label={t('Menu of the category {{title}}', { title: category.title })}
          />
        </Dropdown>
      )}
    </span>
  );
}
