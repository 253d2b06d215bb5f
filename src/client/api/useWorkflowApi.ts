import { useMemo } from 'react';
import { usePort } from '../port/HostPort';
import { WorkflowApi } from './WorkflowApi';

/** The server's workflow actions through the port of the page. */
export function useWorkflowApi(): WorkflowApi {
  const port = usePort();
  return useMemo(() => new WorkflowApi(port), [port]);
}
