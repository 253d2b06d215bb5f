import { Alert, App, Button, theme } from 'antd';
import { useCallback, useDeferredValue, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { paths } from '../../api/paths';
import { Canvas, type CanvasEditing, type CanvasHandle } from '../../canvas';
import type { NodeKey } from '../../document/types';
import { usePort, useT } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { errorText } from '../../ui/errorText';
import { useValidatorOf } from '../useValidatorOf';
import { EditorProvider, type EditorScope } from './context';
import { ConflictDialog } from './dialogs/ConflictDialog';
import { ConfigDrawer } from './drawer/ConfigDrawer';
import type { EditorApi } from './editorApi';
import { faultLines, faultsByCard } from './faults';
import { refusalLines, useRefusals, withRefusals } from './refusals';
import { FlowEditor } from './FlowEditor';
import { commandErrorText } from './commandErrorText';
import { Toolbar } from './toolbar/Toolbar';
import { resolvesVariable } from '../resolvesVariable';
import { usePageTitle } from '../../ui/usePageTitle';
import { useLeaveGuard } from './useLeaveGuard';
import { useUnloadGuard } from './useUnloadGuard';
import type { LoadedVersion } from './useVersion';

interface Props {
  version: LoadedVersion;
  registry: KindRegistry;
  api: EditorApi;
  onReload(): void;
}

/** What is on the drawer: a node, the trigger (null), or nothing. */
type Opened = { key: NodeKey | null } | undefined;

export function EditorView({ version, registry, api, onReload }: Props) {
  const port = usePort();
  const t = useT();
  const { message } = App.useApp();
  const { token } = theme.useToken();
  const canvas = useRef<CanvasHandle>(null);
  const [opened, setOpened] = useState<Opened>();
  const { id, key } = version.document.workflow;

  const [editor] = useState(
    () =>
      new FlowEditor(version, {
        save: (payload) => api.save(id, payload),
        onRefused: (error) => void message.error(commandErrorText(error, t)),
      }),
  );
  const { document } = useSyncExternalStore(editor.subscribe, editor.getHistory);
  const refusals = useRefusals(editor.saver);
  useUnloadGuard(editor.saver, document.workflow.title);
  usePageTitle(`${t('Workflow')}: ${document.workflow.title}`);

  const validatorOf = useValidatorOf(registry);
  const validator = useMemo(() => validatorOf(version.document), [validatorOf, version]);
  const validation = useMemo(() => validator.validate(document), [validator, document]);
  const faults = useMemo(() => withRefusals(faultsByCard(validation), refusals, t), [validation, refusals, t]);

  const isExecuted = document.workflow.executed > 0;
  const mayEdit = port.can('workflows:update');
  const readOnly = isExecuted || !mayEdit;
  const editing = useMemo<CanvasEditing | undefined>(
    () =>
      readOnly
        ? undefined
        : {
            apply: (label, command) => editor.apply(label, command),
            undo: () => tellStep(editor.undo(), (label) => t('Undone: {{label}}', { label })),
            resolves: (path) => resolvesVariable(path, editor.document, port.collections),
            redo: () => tellStep(editor.redo(), (label) => t('Redone: {{label}}', { label })),
          },
    [editor, readOnly, t, port],
  );

  const titleOf = useCallback(
    (node: NodeKey | null) => {
      const { document: current } = editor;
      if (node === null) return current.trigger.title || (registry.trigger(current.trigger.type)?.title ?? t('Trigger'));
      const found = current.nodes.get(node);
      return found ? found.title || (registry.node(found.type)?.title ?? found.type) : node;
    },
    [editor, registry, t],
  );
  useLeaveGuard(editor.saver, titleOf);

  const editInNewVersion = useCallback(async () => {
    try {
      const { id: next } = await api.newVersion(id, key);
      port.navigate(paths.workflow(next));
    } catch (failure) {
      void message.error(errorText(failure));
    }
  }, [api, id, key, port, message]);

  const lines = useMemo(() => [...refusalLines(refusals, titleOf, t), ...faultLines(validation, titleOf)], [refusals, validation, titleOf, t]);
  const open = useCallback((node: NodeKey | null) => setOpened({ key: node }), []);
  const scope = useMemo<EditorScope>(
    () => ({ editor, document, row: version.row, registry, api, canvas, readOnly, faults, lines, refusals, titleOf, open, editInNewVersion, reload: onReload }),
    [editor, document, version.row, registry, api, readOnly, faults, lines, refusals, titleOf, open, editInNewVersion, onReload],
  );
  // An edit shows on the canvas first; what the bar says of it may come a frame later.
  const barScope = useDeferredValue(scope);

  return (
    <EditorProvider value={scope}>
      <div
        className="workflow-page"
        style={{ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 'min(640px, 80vh)', background: token.colorBgContainer }}
      >
        <EditorProvider value={barScope}>
          <Toolbar />
        </EditorProvider>
        {isExecuted && <ReadOnlyBanner mayEdit={mayEdit} onEdit={editInNewVersion} />}
        <div style={{ flex: 1, minHeight: 0, position: 'relative' }}>
          <Canvas
            ref={canvas}
            document={document}
            registry={registry}
            editing={editing}
            faults={faults}
            onOpen={open}
          />
        </div>
        {opened && (
          <ConfigDrawer
            key={opened.key ?? '$trigger'}
            nodeKey={opened.key}
            onClose={() => {
              setOpened(undefined);
              canvas.current?.focus(opened.key);
            }}
          />
        )}
        <ConflictDialog />
      </div>
    </EditorProvider>
  );

  function tellStep(label: string | null, text: (label: string) => string) {
    if (label !== null) void message.info({ content: text(label), key: 'step', duration: 1.5 });
  }
}

function ReadOnlyBanner({ mayEdit, onEdit }: { mayEdit: boolean; onEdit(): Promise<void> }) {
  const t = useT();
  const [isBusy, setBusy] = useState(false);
  const edit = () => {
    setBusy(true);
    void onEdit().finally(() => setBusy(false));
  };
  return (
    <Alert
      banner
      type="info"
      showIcon
      message={t('This version was executed and cannot be changed any more.')}
      action={
        mayEdit && (
          <Button size="small" type="primary" loading={isBusy} onClick={edit}>
            {t('Edit in a new version')}
          </Button>
        )
      }
    />
  );
}
