import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  HourglassOutlined,
  MinusCircleOutlined,
  RedoOutlined,
  StopOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { EXECUTION_REASON, EXECUTION_STATUS, JOB_STATUS, type ExecutionStatus } from '../../common/status';
import type { HostPort } from '../port/HostPort';

export type StatusTone = 'success' | 'error' | 'warning' | 'processing' | 'default';

/** How a status looks and reads. */
export interface StatusLook {
  text: string;
  /** what it means, one sentence */
  hint: string;
  tone: StatusTone;
  icon: ReactNode;
}

type Translate = HostPort['t'];

const { RESOLVED, FAILED, ERROR, ABORTED, CANCELED, REJECTED, RETRY_NEEDED } = JOB_STATUS;

/** Ended statuses in the order in which filters offer them. */
const ENDED = [RESOLVED, FAILED, ERROR, ABORTED, CANCELED, REJECTED, RETRY_NEEDED];

export const EXECUTION_STATUSES: readonly ExecutionStatus[] = [EXECUTION_STATUS.QUEUEING, EXECUTION_STATUS.STARTED, ...ENDED];
export const JOB_STATUSES: readonly number[] = [JOB_STATUS.PENDING, ...ENDED];

function endedLook(status: number, t: Translate): StatusLook | undefined {
  switch (status) {
    case RESOLVED:
      return { text: t('Resolved'), hint: t('Ended successfully'), tone: 'success', icon: <CheckCircleOutlined /> };
    case FAILED:
      return {
        text: t('Failed'),
        hint: t('The flow itself decided to fail: a condition was not met, or an end node says so'),
        tone: 'warning',
        icon: <ExclamationCircleOutlined />,
      };
    case ERROR:
      return { text: t('Error'), hint: t('A node could not do its work'), tone: 'error', icon: <CloseCircleOutlined /> };
    case ABORTED:
      return { text: t('Aborted'), hint: t('Ended from outside: timeout, cancel or the end of its parent'), tone: 'error', icon: <StopOutlined /> };
    case CANCELED:
      return { text: t('Canceled'), hint: t('Canceled by a person'), tone: 'warning', icon: <MinusCircleOutlined /> };
    case REJECTED:
      return { text: t('Rejected'), hint: t('A person rejected the to-do'), tone: 'warning', icon: <MinusCircleOutlined /> };
    case RETRY_NEEDED:
      return { text: t('Retry needed'), hint: t('Failed, and asks to be tried again'), tone: 'warning', icon: <RedoOutlined /> };
    default:
      return undefined;
  }
}

const unknownLook = (status: number): StatusLook => ({ text: String(status), hint: '', tone: 'default', icon: <ClockCircleOutlined /> });

/** How the status of an execution reads; a number that nobody knows is shown as it is. */
export function executionLook(status: ExecutionStatus, t: Translate): StatusLook {
  if (status === EXECUTION_STATUS.QUEUEING) {
    return { text: t('Queueing'), hint: t('Waits for a worker'), tone: 'default', icon: <HourglassOutlined /> };
  }
  if (status === EXECUTION_STATUS.STARTED) {
    return { text: t('On going'), hint: t('Being executed, or waiting for a person or an event'), tone: 'processing', icon: <SyncOutlined /> };
  }
  return endedLook(status, t) ?? unknownLook(status);
}

/** How the status of a job reads. */
export function jobLook(status: number, t: Translate): StatusLook {
  if (status === JOB_STATUS.PENDING) {
    return { text: t('Pending'), hint: t('Waits for a person, an event or its branches'), tone: 'processing', icon: <ClockCircleOutlined /> };
  }
  return endedLook(status, t) ?? unknownLook(status);
}

/** Why an execution was aborted, in words. */
export function reasonText(reason: string | null | undefined, t: Translate): string | undefined {
  switch (reason) {
    case null:
    case undefined:
    case '':
      return undefined;
    case EXECUTION_REASON.TIMEOUT:
      return t('Execution timed out');
    case EXECUTION_REASON.MANUAL_CANCEL:
      return t('Canceled by a person');
    case EXECUTION_REASON.PARENT_ABORTED:
      return t('The execution that started it was aborted');
    default:
      return reason;
  }
}
