import Joi from 'joi';
import type { Id, WorkflowOptions } from '../contract';
import type { SentNode } from '../definition/flowPlan';
import type { FlowNote } from '../definition/revision';

const MAX_TIMEOUT_MS = 180 * 24 * 60 * 60 * 1000;
const MAX_INTEGER = 2 ** 31 - 1;

const text = (max: number) => Joi.string().allow('', null).max(max);
const positiveInteger = () => Joi.number().integer().min(1).max(MAX_INTEGER).allow(null);
const key = () =>
  Joi.string()
    .max(255)
    .pattern(/^[A-Za-z0-9_][A-Za-z0-9_-]*$/, 'key')
    .allow('', null);
const id = () => Joi.alternatives(Joi.number().integer(), Joi.string().pattern(/^\d{1,19}$/, 'id'));
const json = () => Joi.object().unknown(true);

const workflowOptions = Joi.object({
  timeout: Joi.number().integer().min(0).max(MAX_TIMEOUT_MS).allow(null),
  stackLimit: positiveInteger(),
  deleteExecutionOnStatus: Joi.array().items(Joi.number().integer()).allow(null),
  concurrency: positiveInteger(),
  retention: Joi.object({
    days: Joi.number().greater(0).max(36_500).allow(null),
    count: positiveInteger(),
    statuses: Joi.array().items(Joi.number().integer().invalid(0)).allow(null),
  }).allow(null),
}).unknown(true);

const editable = {
  title: text(255),
  description: text(16_000),
  enabled: Joi.boolean(),
  triggerTitle: text(255),
  versionName: text(255),
  options: workflowOptions,
  categories: Joi.array().items(id(), Joi.object({ id: id().required() }).unknown(true)),
};

export interface WorkflowValues {
  title?: string | null;
  description?: string | null;
  enabled?: boolean;
  triggerTitle?: string | null;
  versionName?: string | null;
  options?: WorkflowOptions;
  categories?: Array<Id | { id: Id }>;
  config?: Record<string, unknown>;
}

export interface NewWorkflowValues extends WorkflowValues {
  id?: Id;
  key?: string | null;
  type?: string;
  sync?: boolean;
  current?: boolean | null;
}

export const updateWorkflowSchema = Joi.object<WorkflowValues>({ ...editable, config: json() });

export const createWorkflowSchema = Joi.object<NewWorkflowValues>({
  ...editable,
  config: json(),
  id: id(),
  key: key(),
  type: Joi.string().allow('', null).max(255),
  sync: Joi.boolean(),
  current: Joi.boolean().allow(null),
});

/** Overrides of a revision; whatever else the body holds is taken from the origin. */
export const revisionSchema = Joi.object<WorkflowValues & { current?: boolean | null }>({
  ...editable,
  current: Joi.boolean().allow(null),
});

export interface NodeValues {
  type?: string;
  title?: string | null;
  config?: Record<string, unknown>;
}

const node = { title: text(255), config: json(), type: Joi.string().allow('', null).max(255) };

export const updateNodeSchema = Joi.object<NodeValues>(node);
export const createNodeSchema = Joi.object<NodeValues & { key?: string | null }>({ ...node, key: key() });
export const duplicateNodeSchema = Joi.object<Pick<NodeValues, 'config'>>({ config: json() });
/** Their meaning depends on each other: parsed by hand. */
export const moveNodeSchema = Joi.object<{ upstreamId?: unknown; branchIndex?: unknown }>({
  upstreamId: Joi.any(),
  branchIndex: Joi.any(),
});
export const testNodeSchema = Joi.object<Pick<NodeValues, 'type' | 'config'>>({
  type: Joi.string().required(),
  config: json(),
});

const savedNode = Joi.object<SentNode>({
  key: key().required().disallow('', null),
  type: Joi.string().max(255).required(),
  title: text(255),
  config: json(),
  upstream: Joi.string().allow(null).default(null),
  branch: Joi.number().integer().min(0).max(MAX_INTEGER).allow(null).default(null),
  downstream: Joi.string().allow(null).default(null),
});

const note = Joi.object<FlowNote>({
  id: Joi.string().max(64).required(),
  at: Joi.string().max(255).allow(null).default(null),
  text: Joi.string().max(10_000).allow('').required(),
  color: Joi.string().max(64),
});

export interface FlowValues {
  base?: string | null;
  trigger?: { title?: string | null; config?: Record<string, unknown> };
  notes?: FlowNote[];
  nodes?: { put?: SentNode[]; remove?: string[] };
}

export const saveFlowSchema = Joi.object<FlowValues>({
  base: Joi.string().allow(null),
  trigger: Joi.object({ title: text(255), config: json() }),
  notes: Joi.array().items(note).max(500),
  nodes: Joi.object({ put: Joi.array().items(savedNode), remove: Joi.array().items(Joi.string()) }),
});

export const resumeJobSchema = Joi.object<{ status?: number; result?: unknown; meta?: unknown; log?: string | null }>({
  status: Joi.number().integer().min(-MAX_INTEGER).max(MAX_INTEGER),
  result: Joi.any(),
  meta: Joi.any(),
  log: Joi.string().allow('', null),
});

export const rerunSchema = Joi.object<{ nodeId?: Id | null; overwrite?: boolean }>({
  nodeId: id().allow(null),
  overwrite: Joi.boolean().allow(null),
});

export const replaySchema = Joi.object<{ nodeId?: Id | null }>({ nodeId: id().allow(null) });

export const previewScheduleSchema = Joi.object<{ config?: Record<string, unknown>; count?: number }>({
  config: json(),
  count: Joi.number().integer().min(1).max(100),
});

export const repairSchema = Joi.object<{ codes?: string[] }>({ codes: Joi.array().items(Joi.string()) });

export const categorySchema = Joi.object({ title: text(255), color: text(255) });
