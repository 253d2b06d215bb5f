import { createContext, useContext, type RefObject } from 'react';
import type { CanvasHandle } from '../../canvas';
import type { FlowDocument, NodeKey } from '../../document/types';
import type { KindRegistry } from '../../registry/kinds';
import type { Refusal } from '../../sync';
import type { FaultLine, Faults } from './faults';
import type { FlowEditor } from './FlowEditor';
import type { EditorApi, VersionRow } from './editorApi';

/** What the parts of the editor page share. */
export interface EditorScope {
  editor: FlowEditor;
  document: FlowDocument;
  row: VersionRow;
  registry: KindRegistry;
  api: EditorApi;
  canvas: RefObject<CanvasHandle | null>;
  /** executed versions, and people who may not edit */
  readOnly: boolean;
  faults: Faults;
  lines: readonly FaultLine[];
  /** what the server refused; its faults are in `faults` and `lines`, too */
  refusals: readonly Refusal[];
  titleOf(key: NodeKey | null): string;
  /** shows the drawer of a node, or of the trigger */
  open(key: NodeKey | null): void;
  /** makes a new version of what is shown and goes there */
  editInNewVersion(): Promise<void>;
  reload(): void;
}

const EditorContext = createContext<EditorScope | null>(null);

export const EditorProvider = EditorContext.Provider;

/** @throws when used outside of the editor page */
export function useEditor(): EditorScope {
  const scope = useContext(EditorContext);
  if (!scope) throw new Error('No editor above this component');
  return scope;
}
