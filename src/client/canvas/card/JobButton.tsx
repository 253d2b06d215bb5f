import { Dropdown } from 'antd';
import { useT } from '../../port/HostPort';
import type { JobMark } from '../types';

/** Of the icon: as text these colours of the theme are too pale. */
const COLOR: Record<NonNullable<JobMark['color']>, string> = {
  success: 'var(--wf-success)',
  error: 'var(--wf-error)',
  warning: 'var(--wf-warning)',
  processing: 'var(--wf-primary)',
  default: 'var(--wf-text-2)',
};

interface Props {
  jobs: readonly JobMark[];
  onOpen(jobId: string): void;
  tabIndex?: number;
}

/** Status of the newest job of a node; more than one job (in loops) open a list. The time stands in the line below. */
export function JobButton({ jobs, onOpen, tabIndex }: Props) {
  const t = useT();
  const job = jobs.at(-1);
  if (!job) return null;
  const shown = jobs.length > 1 ? `${job.text} ×${jobs.length}` : job.text;
  const button = (
    <button
      type="button"
      tabIndex={tabIndex}
      className={`wf-job workflow-node-job-button ${job.isRunning ? 'wf-job-running' : ''}`}
      aria-label={[t('Job'), shown, jobs.length > 1 ? t('Jobs: {{count}}', { count: jobs.length }) : job.duration].filter(Boolean).join(', ')}
      onClick={(event) => {
        event.stopPropagation();
        if (jobs.length === 1) onOpen(job.id);
      }}
    >
      <span style={{ color: COLOR[job.color ?? 'default'] }}>{job.icon}</span>
      <span>{shown}</span>
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
