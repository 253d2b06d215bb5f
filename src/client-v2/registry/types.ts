import type { ExecutionStatus } from '../../common/status';

export type { VariableOption } from '../../client/forms/variables/convert';

/** Primary keys as JSON carries them. */
export type Id = number | string;

export interface ClientWorkflow {
  id: Id;
  key: string;
  title: string;
  type: string;
  enabled: boolean;
  sync: boolean;
  config?: Record<string, any>;
  options?: Record<string, any>;
  triggerTitle?: string | null;
  stats?: { executed: number | string } | null;
  versionStats?: { executed: number | string } | null;
  nodes?: ClientNode[];
  createdAt?: string;
}

/** A node of a workflow; `linkNodes` puts the neighbours themselves beside their ids. */
export interface ClientNode {
  id: Id;
  key: string;
  type: string;
  title?: string | null;
  config: Record<string, any>;
  workflowId?: Id;
  upstreamId: Id | null;
  downstreamId: Id | null;
  branchIndex: number | null;
  upstream?: ClientNode | null;
  downstream?: ClientNode | null;
  jobs?: ClientJob[];
}

export interface ClientJob {
  id: Id;
  nodeId: Id;
  nodeKey: string;
  status: number;
  result?: unknown;
  log?: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface ClientExecution {
  id: Id;
  key: string;
  workflowId: Id;
  status: ExecutionStatus;
  reason?: string | null;
  context?: unknown;
  output?: unknown;
  createdAt: string;
  updatedAt: string;
  jobs?: ClientJob[];
  workflow?: ClientWorkflow | null;
}

export type VariableDataType =
  | 'boolean'
  | 'number'
  | 'string'
  | 'date'
  | { type: 'reference'; options: { collection: string; multiple?: boolean; entity?: boolean } }
  | ((field: any, tools: { collectionManager?: any }) => boolean);

export interface UseVariableOptions {
  types?: VariableDataType[];
  fieldNames?: { label?: string; value?: string; children?: string };
  appends?: string[] | null;
  depth?: number;
  includeScopes?: boolean;
}

export interface TempAssociationSource {
  collection: string;
  nodeId: Id;
  nodeKey: string;
  nodeType: 'workflow' | 'node';
}
