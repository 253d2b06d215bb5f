import { useMemo } from 'react';
import type { ExecutionStatus } from '../../../common/status';
import { Canvas } from '../../canvas';
import type { FlowDocument } from '../../document/types';
import { usePort } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { overlayOf } from './overlay';
import { runPaths } from './paths';
import type { JobsByNode } from './rounds';

interface RunCanvasProps {
  flow: FlowDocument;
  registry: KindRegistry;
  jobs: JobsByNode;
  status: ExecutionStatus;
  openJob: string | undefined;
  onJob(jobId: string): void;
  onTrigger(): void;
}

/** The executed version with the way that the run took. */
export function RunCanvas({ flow, registry, jobs, status, openJob, onJob, onTrigger }: RunCanvasProps) {
  const { t, language } = usePort();
  const ways = useMemo(() => runPaths(flow, jobs, status, registry), [flow, jobs, status, registry]);
  const run = useMemo(
    () => overlayOf(jobs, ways, { t, language }, { openJob, onJob: (_, jobId) => onJob(jobId), onTrigger }),
    // The handlers only set state.
    [jobs, ways, t, language, openJob],
  );
  return <Canvas document={flow} registry={registry} run={run} />;
}
