import { CheckCircleOutlined, CloseCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import { Button, Popover, theme, Tooltip, Typography } from 'antd';
import { useState } from 'react';
import type { NodeKey } from '../../../document/types';
import { useT } from '../../../port/HostPort';
import { Secondary } from '../../../ui/Secondary';
import { useEditor } from '../context';
import type { FaultLine } from '../faults';

/** How many faults the workflow has; opens their list. */
export function FaultsButton() {
  const { lines, canvas } = useEditor();
  const t = useT();
  const { token } = theme.useToken();
  const [isOpen, setOpen] = useState(false);
  const errors = lines.filter(({ fault }) => fault.level === 'error').length;
  if (lines.length === 0) {
    return (
      <Tooltip title={t('No problems found')}>
        <Secondary role="img" aria-label={t('No problems found')} style={{ padding: '0 8px' }}>
          <CheckCircleOutlined style={{ color: token.colorSuccess }} />
        </Secondary>
      </Tooltip>
    );
  }
  const label = errors ? t('Problems: {{count}}', { count: errors }) : t('Warnings: {{count}}', { count: lines.length });
  const goTo = (key: NodeKey | null) => {
    setOpen(false);
    canvas.current?.focus(key);
  };
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      title={t('Problems of this workflow')}
      content={<FaultTable lines={lines} onGo={goTo} />}
    >
      <Button
        type="text"
        danger={errors > 0}
        icon={errors ? <CloseCircleFilled /> : <ExclamationCircleFilled style={{ color: token.colorWarning }} />}
        aria-expanded={isOpen}
        aria-label={label}
      >
        {lines.length}
      </Button>
    </Popover>
  );
}

/** Faults with the cards they belong to; a click goes there. */
export function FaultTable({ lines, onGo }: { lines: readonly FaultLine[]; onGo?(key: NodeKey | null): void }) {
  const { token } = theme.useToken();
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0, maxHeight: 360, maxWidth: 420, overflow: 'auto' }}>
      {lines.map(({ key, title, fault }, index) => (
        <li key={index} style={{ display: 'flex', gap: token.marginXS, padding: `${token.paddingXXS}px 0` }}>
          <span style={{ color: fault.level === 'error' ? token.colorError : token.colorWarning }} aria-hidden>
            {fault.level === 'error' ? <CloseCircleFilled /> : <ExclamationCircleFilled />}
          </span>
          <span>
            {onGo ? (
              <Typography.Link strong onClick={() => onGo(key)} role="button" tabIndex={0} onKeyDown={(event) => event.key === 'Enter' && onGo(key)}>
                {title}
              </Typography.Link>
            ) : (
              <Typography.Text strong>{title}</Typography.Text>
            )}
            {': '}
            {fault.message}
          </span>
        </li>
      ))}
    </ul>
  );
}
