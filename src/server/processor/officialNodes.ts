import type { FlowNodeModel, InstructionKind, WorkflowPlugin } from '../contract';
import type { Processor } from './Processor';

/**
 * What the engine knows of node types of official plugins. Those were written before there was a word for it, and run
 * here as they were published. A type that is not listed is an `effect`.
 */
interface OfficialNode {
  kind?: InstructionKind | ((node: FlowNodeModel) => InstructionKind);
  /** goes on after its call has returned, without asking for a handle that would show it */
  background?: true;
  /** the settings that a call gets, with the key under which a service outside can recognise its repetition */
  withKey?(config: Record<string, unknown>, idempotencyKey: string, processor: Processor): Record<string, unknown>;
  /** writes with the transaction that `getScopeTransaction()` hands out: its write and its job are one commit */
  borrowsTransaction?: true;
  /** removes what an interrupted call has left behind for a job that was never stored */
  cleanUp?(plugin: WorkflowPlugin, jobId: string): Promise<unknown>;
}

const KEY_HEADER = 'Idempotency-Key';
/** What a transaction cannot hold, and what would end it. */
const NOT_IN_TRANSACTION =
  /(^|;)\s*(vacuum|analyze|reindex|create\s+database|drop\s+database|alter\s+system|cluster|(create|drop)\s+(unique\s+)?index\s+concurrently|begin|start\s+transaction|commit|rollback|end|savepoint|pragma|attach|detach|call|lock\s+tables?|unlock)\b/i;

const pure: OfficialNode = { kind: 'pure' };
const removeTasks = (collection: string) => (plugin: WorkflowPlugin, jobId: string) =>
  plugin.db.getRepository(collection).destroy({ filter: { jobId } });

const OFFICIAL_NODES: Record<string, OfficialNode> = {
  aggregate: pure,
  dateCalculation: pure,
  delay: pure,
  'dynamic-calculation': pure,
  'json-query': pure,
  'json-variable-mapping': pure,
  loop: pure,
  parallel: pure,
  variable: pure,
  sql: { kind: kindOfSql, borrowsTransaction: true },
  request: { withKey: withKeyHeader },
  mailer: { withKey: withMessageId },
  script: { background: true },
  manual: { cleanUp: removeTasks('workflowManualTasks') },
  cc: { cleanUp: removeTasks('workflowCcTasks') },
};

export function officialNode(type: string): OfficialNode | undefined {
  return Object.hasOwn(OFFICIAL_NODES, type) ? OFFICIAL_NODES[type] : undefined;
}

/** The node as the call gets it: the stored one with other settings. */
export function withConfig(node: FlowNodeModel, config: Record<string, unknown>): FlowNodeModel {
  return Object.create(node, { config: { value: config, enumerable: true } }) as FlowNodeModel;
}

function kindOfSql({ config }: FlowNodeModel): InstructionKind {
  const { dataSource, sql = '' } = (config ?? {}) as { dataSource?: string; sql?: string };
  const isMain = !dataSource || dataSource === 'main';
  return isMain && !NOT_IN_TRANSACTION.test(sql) ? 'database' : 'effect';
}

function withKeyHeader(config: Record<string, unknown>, idempotencyKey: string): Record<string, unknown> {
  const headers = Array.isArray(config.headers) ? (config.headers as Array<{ name?: unknown }>) : [];
  const isSet = headers.some((header) => String(header?.name).trim().toLowerCase() === KEY_HEADER.toLowerCase());
  return isSet ? config : { ...config, headers: [...headers, { name: KEY_HEADER, value: idempotencyKey }] };
}

/** Mail programs show a message once, however often it arrives under one id. */
function withMessageId(config: Record<string, unknown>, idempotencyKey: string, processor: Processor): Record<string, unknown> {
  if (config.messageId) {
    return config;
  }
  const from = processor.getParsedValue(config.from);
  const domain = (typeof from === 'string' && /@([\w.-]+)/.exec(from)?.[1]) || 'localhost';
  return { ...config, messageId: `<${idempotencyKey.replaceAll(':', '.')}@${domain}>` };
}
