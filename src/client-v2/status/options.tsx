import type { ReactNode } from 'react';
import { EXECUTION_REASON, JOB_STATUS } from '../../common/status';
import { EXECUTION_STATUSES, JOB_STATUSES, executionLook, jobLook, reasonText, type StatusLook } from '../../client/ui/statuses';
import { tExpr } from '../host/translation';

export interface StatusOption<Value = number | null> {
  value: Value;
  /** a `{{t("…")}}` template */
  label: string;
  /** preset colour of antd's Tag */
  color: string;
  icon?: ReactNode;
  /** a template, too */
  description?: string;
}

/** Colours that extensions expect; our own pages have those of `StatusLook.tone`. */
const COLORS: Readonly<Record<number, string>> = {
  [JOB_STATUS.ABORTED]: 'error',
  [JOB_STATUS.CANCELED]: 'volcano',
  [JOB_STATUS.REJECTED]: 'volcano',
  [JOB_STATUS.RETRY_NEEDED]: 'volcano',
};

const byValue = <Value, Option extends { value: Value }>(options: Option[]) =>
  Object.fromEntries(options.map((option) => [String(option.value), option])) as Record<string, Option>;

const toOption = <Value extends number | null>(value: Value, { text, hint, tone, icon }: StatusLook): StatusOption<Value> => ({
  value,
  label: text,
  description: hint,
  color: (value !== null && COLORS[value]) || tone,
  icon,
});

export const ExecutionStatusOptions: StatusOption[] = EXECUTION_STATUSES.map((status) => toOption(status, executionLook(status, tExpr)));
export const ExecutionStatusOptionsMap = byValue(ExecutionStatusOptions);

export const JobStatusOptions: StatusOption<number>[] = JOB_STATUSES.map((status) => toOption(status, jobLook(status, tExpr)));
export const JobStatusOptionsMap = byValue(JobStatusOptions);

const toReason = (value: string, color: string) => ({ value, label: reasonText(value, tExpr) ?? value, color });

export const ExecutionReasonOptions = [
  toReason(EXECUTION_REASON.TIMEOUT, 'error'),
  toReason(EXECUTION_REASON.MANUAL_CANCEL, 'default'),
  toReason(EXECUTION_REASON.PARENT_ABORTED, 'default'),
];
export const ExecutionReasonOptionsMap = byValue(ExecutionReasonOptions);
