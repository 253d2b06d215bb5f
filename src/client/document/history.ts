import { assignIds } from './build';
import type { FlowDocument, FlowNode, NodeKey } from './types';

/** More than anybody goes back; documents share what did not change, so steps are small. */
const MAX_STEPS = 500;
/** Typing pauses longer than this begin a new step. */
const MERGE_WITHIN_MS = 2_000;

export interface HistoryStep {
  /** what was done, translated; shown as "Undo …" */
  readonly label: string;
  readonly before: FlowDocument;
  readonly after: FlowDocument;
  /** steps of one kind that follow each other closely are one step, e.g. `config:<key>:title` */
  readonly merge?: string;
  /** ms since the epoch */
  readonly at: number;
}

/** The present document and the way to it and on from it. Immutable, as documents are. */
export interface History {
  readonly document: FlowDocument;
  readonly past: readonly HistoryStep[];
  /** undone steps, the next to redo last */
  readonly future: readonly HistoryStep[];
}

export const createHistory = (document: FlowDocument): History => ({ document, past: [], future: [] });

/**
 * Adds what a command made of the present document. What was undone before can no longer be redone.
 * @returns the same history when the command changed nothing
 */
export function record(history: History, after: FlowDocument, step: Pick<HistoryStep, 'label' | 'merge' | 'at'>): History {
  const { document: before, past } = history;
  if (after === before) return history;
  const last = past.at(-1);
  const merges =
    step.merge !== undefined && last?.merge === step.merge && history.future.length === 0 && step.at - last.at <= MERGE_WITHIN_MS;
  const steps = merges ? [...past.slice(0, -1), { ...step, before: last.before, after }] : [...past, { ...step, before, after }];
  return { document: after, past: steps.slice(-MAX_STEPS), future: [] };
}

/** Goes one step back; the same history when there is none. */
export function undo(history: History): History {
  const step = history.past.at(-1);
  if (!step) return history;
  return { document: step.before, past: history.past.slice(0, -1), future: [...history.future, step] };
}

/** Does the last undone step again; the same history when there is none. */
export function redo(history: History): History {
  const step = history.future.at(-1);
  if (!step) return history;
  return { document: step.after, past: [...history.past, step], future: history.future.slice(0, -1) };
}

/** Nodes got rows in the database: in every document of the history, so that redo does not forget it. */
export function learnIds(history: History, ids: Readonly<Record<NodeKey, string | number>>): History {
  const nodes = new Map<FlowNode, FlowNode>();
  const documents = new Map<FlowDocument, FlowDocument>();
  const learned = (document: FlowDocument): FlowDocument => {
    let known = documents.get(document);
    if (!known) documents.set(document, (known = assignIds(document, ids, nodes)));
    return known;
  };
  const steps = (list: readonly HistoryStep[]) =>
    list.map((step) => {
      const [before, after] = [learned(step.before), learned(step.after)];
      return before === step.before && after === step.after ? step : { ...step, before, after };
    });
  const document = learned(history.document);
  return { document, past: steps(history.past), future: steps(history.future) };
}
