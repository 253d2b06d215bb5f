import { useCallback, useEffect, useRef, useState } from 'react';
import { buildDocument, type BuiltDocument } from '../../document/build';
import { RequestRefused } from '../../port/HostPort';
import type { EditorApi, VersionRow } from './editorApi';

/** A version as it was loaded; `loadedAt` tells one load from another. */
export interface LoadedVersion extends BuiltDocument {
  row: VersionRow;
  loadedAt: number;
}

export const versionOf = (row: VersionRow): LoadedVersion => ({ ...buildDocument(row), row, loadedAt: performance.now() });

/** Loads a version, again when another one is wanted. What was loaded stays until the next one is there. */
export function useVersion(api: EditorApi, workflowId: string) {
  const [state, setState] = useState<{ version?: LoadedVersion; error?: unknown }>({});
  const running = useRef<AbortController>();
  const reload = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    api.load(workflowId, controller.signal).then(
      (row) => {
        if (controller.signal.aborted) return;
        setState(row ? { version: versionOf(row) } : { error: new RequestRefused('', 404) });
      },
      (error: unknown) => {
        if (!controller.signal.aborted) setState((before) => ({ ...before, error }));
      },
    );
  }, [api, workflowId]);
  useEffect(() => {
    setState(({ version }) => (version && version.document.workflow.id !== workflowId ? {} : { version }));
    reload();
    return () => running.current?.abort();
  }, [reload, workflowId]);
  return { ...state, reload };
}
