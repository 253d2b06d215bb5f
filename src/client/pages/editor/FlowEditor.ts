import type { BuiltDocument } from '../../document/build';
import { DocumentError } from '../../document/DocumentError';
import { createHistory, learnIds, record, redo, undo, type History } from '../../document/history';
import type { FlowDocument } from '../../document/types';
import { FlowSaver, type SavePayload, type SaveResult } from '../../sync';

export interface FlowEditorOptions {
  save(payload: SavePayload): Promise<SaveResult>;
  /** a command was asked for the impossible */
  onRefused(error: DocumentError): void;
}

/**
 * One version of a workflow while it is edited: its document with the way to it, and the saver that stores it in the
 * background. Lives as long as the page shows this version.
 */
export class FlowEditor {
  readonly saver: FlowSaver;
  #history: History;
  readonly #listeners = new Set<() => void>();

  constructor(
    { document, revision }: BuiltDocument,
    private readonly options: FlowEditorOptions,
  ) {
    this.#history = createHistory(document);
    this.saver = new FlowSaver({
      save: options.save,
      saved: document,
      revision,
      onIds: (ids) => this.#change(learnIds(this.#history, ids)),
    });
  }

  /** Identical until something changes. */
  readonly getHistory = (): History => this.#history;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get document(): FlowDocument {
    return this.#history.document;
  }

  /**
   * Carries out a command as one step of undo.
   * @param merge steps with the same name that follow each other closely are one
   * @returns the document as it is now; null when the command was refused
   */
  apply(label: string, command: (document: FlowDocument) => FlowDocument, merge?: string): FlowDocument | null {
    try {
      this.#change(record(this.#history, command(this.document), { label, merge, at: Date.now() }));
      return this.document;
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      this.options.onRefused(error);
      return null;
    }
  }

  undo(): string | null {
    const label = this.#history.past.at(-1)?.label ?? null;
    this.#change(undo(this.#history));
    return label;
  }

  redo(): string | null {
    const label = this.#history.future.at(-1)?.label ?? null;
    this.#change(redo(this.#history));
    return label;
  }

  /** Changes what is no part of the history: title of the workflow, whether it is enabled. */
  setWorkflow(change: Partial<FlowDocument['workflow']>): void {
    const { document } = this;
    this.#change({ ...this.#history, document: { ...document, workflow: { ...document.workflow, ...change } } });
  }

  /** Shows what somebody else has stored; the way back to our own edits is kept. */
  takeOver({ document, revision }: BuiltDocument, label: string): void {
    this.#change(record(this.#history, document, { label, at: Date.now() }));
    this.saver.rebase(document, revision, { discard: true });
  }

  #change(next: History): void {
    if (next === this.#history) return;
    this.#history = next;
    this.saver.update(next.document);
    for (const listener of [...this.#listeners]) listener();
  }
}
