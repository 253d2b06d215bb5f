import type { JobMark, RunOverlay } from '../../canvas/types';
import type { NodeKey } from '../../document/types';
import type { HostPort } from '../../port/HostPort';
import { jobLook } from '../../ui/statuses';
import { durationText } from '../../ui/time';
import { isLive } from '../../../common/status';
import { jobDuration } from './jobRows';
import type { RunPaths } from './paths';
import type { JobsByNode } from './rounds';
import type { JobRow } from '../../api/types';

function markOf(job: JobRow, { t, language }: Pick<HostPort, 't' | 'language'>): JobMark {
  const { text, icon, tone } = jobLook(job.status, t);
  const duration = jobDuration(job);
  return {
    id: String(job.id),
    text,
    icon,
    color: tone,
    isRunning: isLive(job.status),
    ...(duration === undefined ? {} : { duration: durationText(duration, language) }),
  };
}

/** The run as the canvas draws it. */
export function overlayOf(
  jobs: JobsByNode,
  paths: RunPaths,
  port: Pick<HostPort, 't' | 'language'>,
  handlers: Pick<RunOverlay, 'onJob' | 'onTrigger' | 'openJob'>,
): RunOverlay {
  const marks = new Map<NodeKey, readonly JobMark[]>();
  for (const [key, list] of jobs) marks.set(key, list.map((job) => markOf(job, port)));
  return { jobs: marks, skipped: paths.skipped, takenBranches: paths.takenBranches, ...handlers };
}
