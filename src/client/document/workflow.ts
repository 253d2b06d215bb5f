/** The version of a workflow that a document belongs to; editing nodes does not change it. */
export interface WorkflowSummary {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly sync: boolean;
  readonly enabled: boolean;
  readonly current: boolean;
  /** executions of this version; a version that was executed is read-only */
  readonly executed: number;
}
