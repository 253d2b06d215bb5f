import type { Application } from '@nocobase/client-v2';
import { notification as staticNotification } from 'antd';
import type { ReactNode } from 'react';
import { outcomeOf, type Outcome } from '../../client/bind/outcome';
import type { HostPort } from '../../client/port/HostPort';
import { currentLane } from '../host/lane';
import { getWorkflowExecutionPath } from '../host/routes';
import { ExecutionStatusOptionsMap } from '../status/options';

interface Notice {
  key: string;
  message: ReactNode;
  description?: ReactNode;
  /** seconds; 0 stays until it is closed */
  duration?: number;
}

type Notifier = Record<'warning' | 'info', (notice: Notice) => void>;

interface AxiosLike {
  interceptors: { response: { use(onSuccess: (response: unknown) => unknown): void } };
}

const LONG_S = 10;

/** Only those who may open executions get a way to them. */
function ExecutionLink({ port, id }: { port: HostPort; id: string }) {
  if (!port.can('executions:get')) return null;
  return (
    <>
      {' '}
      <a href={port.href(getWorkflowExecutionPath(id))} target="_blank" rel="noreferrer">
        {port.t('Show the execution')}
      </a>
    </>
  );
}

function misconfiguration(reason: string, { t }: HostPort): string {
  switch (reason) {
    case 'not_found':
      return t('It no longer exists.');
    case 'disabled':
      return t('It is disabled.');
    case 'wrong_type':
      return t('Its trigger cannot be started by buttons.');
    case 'collection_mismatch':
      return t('It belongs to another collection.');
    default:
      return t('The association it is bound to cannot be used.');
  }
}

function tell(outcome: Outcome, notifier: Notifier, port: HostPort): void {
  const { t } = port;
  for (const { key, status, executionId } of outcome.failed) {
    const label = port.compile(ExecutionStatusOptionsMap[String(status)]?.label ?? String(status));
    notifier.warning({
      key: `workflow-failed-${key}`,
      message: t('Your data was saved, but a workflow did not succeed'),
      description: (
        <>
          {t('It ended with the status “{{status}}”. There is no need to send the data again.', { status: label })}
          <ExecutionLink port={port} id={executionId} />
        </>
      ),
      duration: LONG_S,
    });
  }
  for (const key of outcome.lost) {
    notifier.warning({
      key: `workflow-lost-${key}`,
      message: t('Your data was saved, but a workflow could not be started'),
      description: t('Please tell your administrator. There is no need to send the data again.'),
      duration: LONG_S,
    });
  }
  for (const key of outcome.waiting) {
    notifier.info({
      key: `workflow-waiting-${key}`,
      message: t('Your data was saved; a workflow is still waiting'),
      description: t('It goes on as soon as what it waits for has happened.'),
    });
  }
  // Whoever cannot repair the button is not bothered with it.
  if (!port.can('workflows:update')) return;
  for (const { key, reason } of outcome.misconfigured) {
    notifier.info({
      key: `workflow-unfit-${key}`,
      message: t('A workflow bound to this button did not run'),
      description: `${misconfiguration(reason, port)} (${key})`,
    });
  }
}

/**
 * Tells the person who pressed a button what became of the workflows behind it: those that ran within the request and did
 * not succeed, those that wait, those that could not be stored. The request itself has succeeded, and the host says so.
 */
export function showOutcomes(app: Pick<Application, 'apiClient' | 'flowEngine'>): void {
  const client = (app.apiClient ?? app.flowEngine.context.api) as unknown as { axios: AxiosLike };
  client.axios.interceptors.response.use((response) => {
    const { data } = (response ?? {}) as { data?: { meta?: { workflows?: unknown } } };
    const outcome = outcomeOf(data?.meta?.workflows);
    if (outcome) {
      const { notification } = (app as unknown as { context?: { notification?: Notifier } }).context ?? {};
      tell(outcome, notification ?? staticNotification, currentLane().port);
    }
    return response;
  });
}
