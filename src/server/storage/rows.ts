import type { ClaimedRun, JobState } from '../engine/types';
import { decodeCursor, decodeDate, decodeId, decodeJson, decodeNullableId, expressions } from './codec';
import type { DialectName } from './statement';

const ID_COLUMNS = ['id', 'workflowId', 'parentExecutionId'] as const;

function idOf(dialect: DialectName, column: string): string {
  return dialect === 'mysql' ? `CAST(${column} AS CHAR)` : `CAST(${column} AS TEXT)`;
}

/** Select list of an execution as `decodeClaim` reads it. */
export function claimColumns(dialect: DialectName, alias: string): string {
  const { msOf, textOf } = expressions[dialect];
  const column = (name: string) => `${alias}#${name}`;
  return [
    ...ID_COLUMNS.map((name) => `${idOf(dialect, column(name))} AS "${name}"`),
    ...['key', 'eventKey', 'status', 'epoch', 'attempts', 'manually'].map((name) => `${column(name)} AS "${name}"`),
    ...['context', 'stack', 'output', 'cursor'].map((name) => `${textOf(column(name))} AS "${name}"`),
    ...['createdAt', 'startedAt', 'expiresAt'].map((name) => `${msOf(column(name))} AS "${name}"`),
  ]
    .join(', ')
    .replace(/"/g, dialect === 'mysql' ? '`' : '"');
}

export function decodeClaim(row: Record<string, unknown>): ClaimedRun {
  return {
    id: decodeId(row.id),
    workflowId: decodeId(row.workflowId),
    key: String(row.key),
    context: decodeJson(row.context),
    status: row.status === null || row.status === undefined ? null : Number(row.status),
    epoch: Number(row.epoch ?? 0),
    attempts: Number(row.attempts ?? 0),
    stack: ((decodeJson(row.stack) as unknown[] | null) ?? []).map(String),
    parentExecutionId: decodeNullableId(row.parentExecutionId),
    manually: Boolean(row.manually),
    startedAt: decodeDate(row.startedAt),
    expiresAt: decodeDate(row.expiresAt),
    createdAt: decodeDate(row.createdAt) ?? new Date(0),
    eventKey: String(row.eventKey),
    output: decodeJson(row.output),
    cursor: decodeCursor(row.cursor),
    signals: [],
  };
}

export function jobColumns(dialect: DialectName, alias: string): string {
  const { msOf, textOf } = expressions[dialect];
  const column = (name: string) => `${alias}#${name}`;
  return [
    ...['id', 'executionId', 'nodeId', 'upstreamId'].map((name) => `${idOf(dialect, column(name))} AS "${name}"`),
    ...['nodeKey', 'status', 'log', 'waiting'].map((name) => `${column(name)} AS "${name}"`),
    ...['result', 'meta'].map((name) => `${textOf(column(name))} AS "${name}"`),
    ...['createdAt', 'startedAt'].map((name) => `${msOf(column(name))} AS "${name}"`),
  ]
    .join(', ')
    .replace(/"/g, dialect === 'mysql' ? '`' : '"');
}

export function decodeJob(row: Record<string, unknown>): JobState {
  return {
    id: decodeId(row.id),
    nodeId: decodeId(row.nodeId),
    nodeKey: String(row.nodeKey),
    upstreamId: decodeNullableId(row.upstreamId),
    status: Number(row.status),
    result: decodeJson(row.result),
    meta: decodeJson(row.meta),
    log: (row.log as string | null | undefined) ?? null,
    startedAt: decodeDate(row.startedAt),
    createdAt: decodeDate(row.createdAt) ?? new Date(0),
    // rows made by the stock plugin have no mark: whatever was pending there still waits
    waiting: row.waiting === null || row.waiting === undefined ? true : Boolean(row.waiting),
    unsaved: null,
  };
}
