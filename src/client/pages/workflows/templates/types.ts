import type { FlowNote } from '../../../document/types';
import type { SavedNode } from '../../../document/savePayload';
import type { HostPort } from '../../../port/HostPort';

export type Translate = HostPort['t'];

/** A collection that a template works on, as the host's `collections:create` takes it. */
export interface CollectionDefinition {
  name: string;
  title: string;
  [option: string]: unknown;
}

/** A worked example that a workflow may begin as. */
export interface WorkflowTemplate {
  key: string;
  title: string;
  description: string;
  /** what it works on; created on request where it does not exist yet */
  collections: readonly CollectionDefinition[];
  type: string;
  sync: boolean;
  config: Record<string, unknown>;
  nodes: readonly SavedNode[];
  notes?: readonly FlowNote[];
}
