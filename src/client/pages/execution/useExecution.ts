import { useEffect, useRef } from 'react';
import { isLive } from '../../../common/status';
import type { ExecutionDetail, Id } from '../../api/types';
import { useExecutionChanges } from '../../api/useExecutionChanges';
import { useWatch } from '../../api/useWatch';
import { useWorkflowApi } from '../../api/useWorkflowApi';
import { useLoad, type Loaded } from '../../ui/useLoad';
import { inOrder, mergeJobs } from './jobRows';

/** how long it waits for a message before it asks by itself */
const POLL_MS = 2000;

/** One execution, kept up to date while it goes on: by the server's messages, and where none come by asking. */
export function useExecution(id: Id): Loaded<ExecutionDetail> {
  const api = useWorkflowApi();
  const loaded = useLoad(async (signal) => {
    const detail = await api.getExecution(id, signal);
    return { ...detail, jobs: inOrder(detail.jobs) };
  }, [api, id]);
  const { data, change, reload } = loaded;
  const heardAt = useRef(0);

  useExecutionChanges((message) => {
    if (message.executionId !== String(id)) return;
    heardAt.current = Date.now();
    change((detail) => ({ ...detail, status: message.status, jobs: mergeJobs(detail.jobs, message.jobs, new Date().toISOString()) }));
    // The end brings times, output and reason, which are not in the message.
    if (!isLive(message.status)) reload();
  });

  const goesOn = data !== undefined && isLive(data.status);
  useWatch(goesOn ? { filterByTk: id } : undefined);
  useEffect(() => {
    if (!goesOn) return undefined;
    const controller = new AbortController();
    const ask = async () => {
      if (Date.now() - heardAt.current < POLL_MS || document.hidden) return;
      const found = await api.getExecutionStatus(id, controller.signal).catch(() => undefined);
      if (!found || controller.signal.aborted) return;
      change((detail) => ({ ...detail, status: found.status, jobs: inOrder(found.jobs ?? detail.jobs) }));
      if (!isLive(found.status)) reload();
    };
    const timer = setInterval(() => void ask(), POLL_MS);
    return () => {
      clearInterval(timer);
      controller.abort();
    };
  }, [api, id, goesOn, change, reload]);

  return loaded;
}
