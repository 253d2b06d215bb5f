import type { ComponentType, ReactNode } from 'react';
import type { TaskStatus } from '../tasks/tasks';

/** Props of the buttons that a kind of to-do puts beside its list. */
export interface TaskActionsProps {
  onlyIcon?: boolean;
  reload?(): Promise<void>;
  workflowKey?: string;
  workflowPendingCount?: number;
}

/** Props of a popup that a kind of to-do brings for its details. */
export interface TaskDetailModalProps {
  record: unknown;
  title: ReactNode;
  mobile?: boolean;
  onClose(): void;
  children?: ReactNode;
}

/** A kind of to-do in the task centre. */
export interface TaskTypeOptions {
  key?: string;
  title: string;
  /** its collection; cards and details read the record from the contexts of the client */
  collection: string;
  /** action that lists the current user's. @default 'list' */
  action?: string;
  /** Hook. Parameters of that action. */
  useActionParams?(status: TaskStatus, workflowKey?: string): Record<string, unknown>;
  Actions?: ComponentType<TaskActionsProps>;
  Item?: ComponentType;
  Detail?: ComponentType;
  DetailModal?: ComponentType<TaskDetailModalProps>;
  /** the record of the popup, when it needs more than its list gives */
  getPopupRecord?(client: unknown, request: { params: Record<string, unknown> }): Promise<unknown>;
  /** shown although nothing waits */
  alwaysShow?: boolean;
  [option: string]: unknown;
}
