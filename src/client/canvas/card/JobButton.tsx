import { Dropdown } from 'antd';
import { useT } from '../../port/HostPort';
import type { JobMark } from '../types';

const COLOR: Record<NonNullable<JobMark['color']>, string> = {
  success: 'var(--wf-success-text)',
  error: 'var(--wf-error-text)',
  warning: 'var(--wf-warning-text)',
  processing: 'var(--wf-primary)',
  default: 'var(--wf-text-2)',
};

interface Props {
  jobs: readonly JobMark[];
  onOpen(jobId: string): void;
  tabIndex?: number;
}

/** Status of the newest job of a node with its time; more than one job (in loops) open a list. */
export function JobButton({ jobs, onOpen, tabIndex }: Props) {
  const t = useT();
  const job = jobs.at(-1);
  if (!job) return null;
  const button = (
    <button
      type="button"
      tabIndex={tabIndex}
      className={`wf-job workflow-node-job-button ${job.isRunning ? 'wf-job-running' : ''}`}
      style={{ color: COLOR[job.color ?? 'default'] }}
      aria-label={[t('Job'), job.text, job.duration, jobs.length > 1 ? t('Jobs: {{count}}', { count: jobs.length }) : '']
        .filter(Boolean)
        .join(', ')}
      onClick={(event) => {
        event.stopPropagation();
        if (jobs.length === 1) onOpen(job.id);
      }}
    >
      {job.icon}
      <span>{job.text}</span>
      {jobs.length > 1 ? <b>×{jobs.length}</b> : job.duration && <span>{job.duration}</span>}
    </button>
  );
  if (jobs.length === 1) return button;
  const items = jobs.map((item, index) => ({
    key: item.id,
    icon: item.icon,
    label: `${index + 1}. ${item.text}${item.duration ? ` · ${item.duration}` : ''}`,
    onClick: ({ domEvent }: { domEvent: { stopPropagation(): void } }) => {
      domEvent.stopPropagation();
      onOpen(item.id);
    },
  }));
  return (
    <Dropdown trigger={['click']} menu={{ items, style: { maxHeight: 320, overflow: 'auto' } }}>
      {button}
    </Dropdown>
  );
}
