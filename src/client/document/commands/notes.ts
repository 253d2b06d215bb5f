import { DocumentError } from '../DocumentError';
import { nodeOf } from '../Draft';
import type { FlowDocument, FlowNote } from '../types';

/** @throws {DocumentError} key-taken, unknown-node */
export function addNote(document: FlowDocument, note: FlowNote): FlowDocument {
  if (document.notes.some(({ id }) => id === note.id)) throw new DocumentError('key-taken', note.id);
  if (note.at !== null) nodeOf(document, note.at);
  return { ...document, notes: [...document.notes, note] };
}

/** @throws {DocumentError} unknown-note, unknown-node */
export function editNote(
  document: FlowDocument,
  { id, ...change }: { id: string } & Partial<Omit<FlowNote, 'id'>>,
): FlowDocument {
  const note = document.notes.find((item) => item.id === id);
  if (!note) throw new DocumentError('unknown-note', id);
  if (change.at != null) nodeOf(document, change.at);
  const names = Object.keys(change) as (keyof typeof change)[];
  if (names.every((name) => note[name] === change[name])) return document;
  return { ...document, notes: document.notes.map((item) => (item === note ? { ...note, ...change } : item)) };
}

/** @throws {DocumentError} unknown-note */
export function removeNote(document: FlowDocument, { id }: { id: string }): FlowDocument {
  const notes = document.notes.filter((note) => note.id !== id);
  if (notes.length === document.notes.length) throw new DocumentError('unknown-note', id);
  return { ...document, notes };
}
