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
import { EXECUTION_REASON, EXECUTION_STATUS, JOB_STATUS } from '../../common/status';
import { tExpr } from '../host/translation';

export interface StatusOption<Value = number | null> {
  value: Value;
  /** a `{{t("…")}}` template */
  label: string;
  /** preset colour of antd's Tag */
  color: string;
  icon?: ReactNode;
  description?: string;
}

const byValue = <Value, Option extends { value: Value }>(options: Option[]) =>
  Object.fromEntries(options.map((option) => [String(option.value), option])) as Record<string, Option>;

const ended: StatusOption<number>[] = [
  { value: 1, label: tExpr('Resolved'), color: 'success', icon: <CheckCircleOutlined /> },
  { value: -1, label: tExpr('Failed'), color: 'warning', icon: <ExclamationCircleOutlined /> },
  { value: -2, label: tExpr('Error'), color: 'error', icon: <CloseCircleOutlined /> },
  { value: -3, label: tExpr('Aborted'), color: 'error', icon: <StopOutlined /> },
  { value: -4, label: tExpr('Canceled'), color: 'volcano', icon: <MinusCircleOutlined /> },
  { value: -5, label: tExpr('Rejected'), color: 'volcano', icon: <MinusCircleOutlined /> },
  { value: -6, label: tExpr('Retry needed'), color: 'volcano', icon: <RedoOutlined /> },
];

export const ExecutionStatusOptions: StatusOption[] = [
  { value: EXECUTION_STATUS.QUEUEING, label: tExpr('Queueing'), color: 'default', icon: <HourglassOutlined /> },
  { value: EXECUTION_STATUS.STARTED, label: tExpr('On going'), color: 'processing', icon: <SyncOutlined /> },
  ...ended,
];
export const ExecutionStatusOptionsMap = byValue(ExecutionStatusOptions);

export const JobStatusOptions: StatusOption<number>[] = [
  { value: JOB_STATUS.PENDING, label: tExpr('Pending'), color: 'processing', icon: <ClockCircleOutlined /> },
  ...ended,
];
export const JobStatusOptionsMap = byValue(JobStatusOptions);

export const ExecutionReasonOptions = [
  { value: EXECUTION_REASON.TIMEOUT, label: tExpr('Execution timed out'), color: 'error' },
  { value: EXECUTION_REASON.MANUAL_CANCEL, label: tExpr('Canceled by a person'), color: 'default' },
  { value: EXECUTION_REASON.PARENT_ABORTED, label: tExpr('The execution that started it was aborted'), color: 'default' },
];
export const ExecutionReasonOptionsMap = byValue(ExecutionReasonOptions);
