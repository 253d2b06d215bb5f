import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Select, Space, theme } from 'antd';
import { useRef, type ReactNode } from 'react';
import { useT } from '../../port/HostPort';
import { useFocusAdded } from '../../ui/useFocusAdded';

interface GroupFrameProps {
  isAny: boolean;
  onAnyChange(isAny: boolean): void;
  /** absent for the outermost group */
  onRemove?(): void;
  onAddCondition(): void;
  onAddGroup(): void;
  disabled?: boolean;
  isEmpty: boolean;
  children: ReactNode;
}

/** A group of conditions: how they are joined, its rows, and buttons for more. */
export function GroupFrame({ isAny, onAnyChange, onRemove, onAddCondition, onAddGroup, disabled, isEmpty, children }: GroupFrameProps) {
  const t = useT();
  const { token } = theme.useToken();
  const rows = useRef<HTMLDivElement>(null);
  const focusAdded = useFocusAdded(rows, (list) => lastCondition(list));
  const adding = (add: () => void) => () => {
    add();
    focusAdded();
  };
  const frame = onRemove
    ? { border: `1px dashed ${token.colorBorder}`, borderRadius: token.borderRadius, padding: token.paddingSM, background: token.colorFillQuaternary }
    : {};
  const choice = (
    <Select
      size="small"
      aria-label={t('All or any of the conditions')}
      value={isAny}
      disabled={disabled}
      popupMatchSelectWidth={false}
      style={{ width: 'auto', minWidth: 76 }}
      options={[
        { value: false, label: t('All') },
        { value: true, label: t('Any') },
      ]}
      onChange={onAnyChange}
    />
  );
  const [before = '', after = ''] = t('Meet {{choice}} of the conditions', { choice: '\u0000' }).split('\u0000');
  return (
    <div role="group" aria-label={t('Conditions')} style={{ width: '100%', boxSizing: 'border-box', ...frame }}>
      <div style={{ display: 'flex', alignItems: 'center', gap: token.marginXXS, marginBottom: token.marginXS, color: token.colorTextSecondary }}>
        <span>{before}</span>
        {choice}
        <span>{after}</span>
        <span style={{ flex: 1 }} />
        {onRemove && (
          <Button type="text" size="small" disabled={disabled} aria-label={t('Remove the group')} icon={<DeleteOutlined />} onClick={onRemove} />
        )}
      </div>
      {!isEmpty && (
        <Space ref={rows} direction="vertical" style={{ width: '100%', marginBottom: token.marginXS }}>
          {children}
        </Space>
      )}
      <Space size="small">
        <Button type="link" size="small" style={{ paddingInline: 0 }} disabled={disabled} icon={<PlusOutlined />} onClick={adding(onAddCondition)}>
          {t('Add condition')}
        </Button>
        <Button type="link" size="small" disabled={disabled} icon={<PlusOutlined />} onClick={adding(onAddGroup)}>
          {t('Add condition group')}
        </Button>
      </Space>
    </div>
  );
}

/** The row that was added last; in a group that was added, its first one. */
const lastCondition = (list: HTMLElement) => list.lastElementChild?.querySelector('[data-condition]');

interface ConditionRowProps {
  left: ReactNode;
  operator: ReactNode;
  right?: ReactNode;
  onRemove(): void;
  disabled?: boolean;
}

/** One condition: what, how, with what. Wraps where there is little room. */
export function ConditionRow({ left, operator, right, onRemove, disabled }: ConditionRowProps) {
  const t = useT();
  const { token } = theme.useToken();
  return (
    <div role="group" data-condition="" aria-label={t('Condition')} style={{ display: 'flex', gap: token.marginXS, alignItems: 'start' }}>
      <div style={{ display: 'flex', flex: 1, minWidth: 0, flexWrap: 'wrap', gap: token.marginXS }}>
        <div style={{ flex: '1 1 160px', minWidth: 0 }}>{left}</div>
        <div style={{ flex: '0 1 150px' }}>{operator}</div>
        {right ? <div style={{ flex: '1 1 160px', minWidth: 0 }}>{right}</div> : null}
      </div>
      <Button type="text" disabled={disabled} aria-label={t('Remove the condition')} icon={<DeleteOutlined />} onClick={onRemove} />
    </div>
  );
}
