/** Why a command cannot be carried out; the UI has a sentence for each. */
export type DocumentErrorCode =
  /** the node is not in the document (any more) */
  | 'unknown-node'
  | 'unknown-note'
  /** a node or note with this identity exists already */
  | 'key-taken'
  /** a node cannot become a part of its own branches */
  | 'into-itself'
  /** nothing was named to act on */
  | 'nothing-selected'
  /** the branch to keep holds no node */
  | 'empty-branch'
  /** two branches would get the same index */
  | 'branch-taken'
  /** pasted nodes do not hang together */
  | 'broken-fragment';

/** A command was asked for the impossible; the document is unchanged. */
export class DocumentError extends Error {
  constructor(
    readonly code: DocumentErrorCode,
    /** the node, note or branch that was named */
    readonly subject?: string,
  ) {
    super(subject === undefined ? code : `${code}: ${subject}`);
    this.name = 'DocumentError';
  }
}
