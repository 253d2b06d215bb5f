import { CloseCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import { Popover, theme } from 'antd';
import { useT } from '../../port/HostPort';
import type { Fault } from '../../registry/kinds';

/** How many faults a card has; lists them. */
export function FaultBadge({ faults, tabIndex }: { faults: readonly Fault[]; tabIndex?: number }) {
  const t = useT();
  if (faults.length === 0) return null;
  const hasErrors = faults.some(({ level }) => level === 'error');
  const label = hasErrors
    ? t('Problems: {{count}}', { count: faults.length })
    : t('Warnings: {{count}}', { count: faults.length });
  return (
    <Popover content={<FaultList faults={faults} />} trigger={['hover', 'click']} placement="top">
      <button
        type="button"
        className={`wf-quiet wf-badge ${hasErrors ? 'wf-badge-error' : 'wf-badge-warning'}`}
        aria-label={`${label}: ${faults.map(({ message }) => message).join('; ')}`}
        tabIndex={tabIndex}
        onClick={(event) => event.stopPropagation()}
      >
        <span className="wf-badge-icon">{hasErrors ? <CloseCircleFilled /> : <ExclamationCircleFilled />}</span>
        {faults.length}
      </button>
    </Popover>
  );
}

/** Faults as a list of sentences. */
export function FaultList({ faults }: { faults: readonly Fault[] }) {
  const { token } = theme.useToken();
  return (
    <ul style={{ margin: 0, padding: 0, listStyle: 'none', maxWidth: 320 }}>
      {faults.map((fault, index) => (
        <li key={index} style={{ display: 'flex', gap: token.marginXS, padding: '2px 0' }}>
          <span style={{ color: fault.level === 'error' ? token.colorError : token.colorWarning }}>
            {fault.level === 'error' ? <CloseCircleFilled /> : <ExclamationCircleFilled />}
          </span>
          <span>{fault.message}</span>
        </li>
      ))}
    </ul>
  );
}
