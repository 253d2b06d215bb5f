import { App, Button, Drawer, Flex, theme } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { ConfigForm, useKindContext, type ConfigFormHandle, type ConfigValues } from '../../../canvas';
import { compareValues } from '../../../document/compare';
import { setTrigger } from '../../../document/commands/nodes';
import type { Config, NodeKey } from '../../../document/types';
import { FormScopeProvider, type FormScope } from '../../../forms/context';
import { usePort, useT } from '../../../port/HostPort';
import type { Fault } from '../../../registry/kinds';
import { focusFirst } from '../../../ui/focusFirst';
import { useLoad } from '../../../ui/useLoad';
import { useEditor } from '../context';
import { TestRunDialog } from '../dialogs/TestRunDialog';
import { configure, lostNodes } from './configure';
import { RefusalNote } from './RefusalNote';
import { DrawerHeader, TypeDescription } from './DrawerHeader';

const WIDTH = 640;

interface Props {
  /** null: the trigger */
  nodeKey: NodeKey | null;
  onClose(): void;
}

/** Configures a node or the trigger. Nothing is applied before it is saved; leaving with changes asks. */
export function ConfigDrawer({ nodeKey, onClose }: Props) {
  const { editor, document, registry, api, readOnly, row, titleOf, refusals } = useEditor();
  const port = usePort();
  const t = useT();
  const { modal } = App.useApp();
  const { token } = theme.useToken();
  const contextOf = useKindContext();
  const form = useRef<ConfigFormHandle>(null);
  const body = useRef<HTMLDivElement>(null);
  const [isDirty, setDirty] = useState(false);
  // Forms of extensions set values while they open; only what happens after a press or an input is somebody's change.
  const isTouched = useRef(false);
  const touch = () => {
    isTouched.current = true;
  };
  const [testConfig, setTestConfig] = useState<ConfigValues | null>(null);

  const node = nodeKey === null ? undefined : document.nodes.get(nodeKey);
  const isGone = nodeKey !== null && !node;
  const nodeKind = node && registry.node(node.type);
  const kind = nodeKey === null ? registry.trigger(document.trigger.type) : nodeKind;
  const config: Config = node?.config ?? document.trigger.config;
  const [initial] = useState(() => ({ ...kind?.defaultConfig(), ...config }));
  const { data: samples } = useLoad((signal) => api.samples(String(row.id), signal).catch(() => null), [api, row.id]);

  const scope = useMemo<FormScope>(
    () => ({ document, node, registry, samples: samples ?? undefined, readOnly, hideVariables: false }),
    [document, node, registry, samples, readOnly],
  );

  const refused = refusals.filter(({ key }) => key === nodeKey);
  /** Of the fields whose values are still those that the server refused. */
  const refusedFaults = (values: ConfigValues): Fault[] => {
    const changed = refused.length ? compareValues(config, values).map(({ path }) => path) : [];
    const isKept = (field: string) => !changed.some((path) => path === field || path.startsWith(`${field}.`) || field.startsWith(`${path}.`));
    return refused
      .filter(({ field }) => field !== undefined && isKept(field))
      .map(({ field, message }) => ({ level: 'error', field, message }));
  };

  const check = (values: ConfigValues): readonly Fault[] => [...refusedFaults(values), ...checkKind(values)];

  const checkKind = (values: ConfigValues): readonly Fault[] =>
    nodeKey === null
      ? (registry.trigger(document.trigger.type)?.check?.(values, contextOf(document)) ?? [])
      : ((node && nodeKind?.check?.(values, contextOf(document, { ...node, config: values }))) ?? []);

  const close = () => {
    if (!isDirty || readOnly) {
      onClose();
      return;
    }
    modal.confirm({
      title: t('Discard the changes?'),
      content: t('What you changed in this form has not been saved.'),
      okText: t('Discard'),
      okButtonProps: { danger: true },
      cancelText: t('Continue editing'),
      autoFocusButton: 'cancel',
      onOk: onClose,
    });
  };

  const closeTest = () => {
    setTestConfig(null);
    body.current?.focus({ preventScroll: true });
  };

  const apply = (values: ConfigValues) => {
    const label = t('Configured: {{title}}', { title: titleOf(nodeKey) });
    const done = editor.apply(label, (current) =>
      nodeKey === null ? setTrigger(current, { config: values }) : configure(current, nodeKey, values, registry),
    );
    if (done) onClose();
  };

  const save = async () => {
    if (readOnly) return;
    const values = await form.current?.submit();
    if (!values) return;
    const next = withoutUndefined(values);
    if (compareValues(config, next).length === 0) {
      if (refused.length > 0) editor.saver.retry();
      onClose();
      return;
    }
    const lost = node ? lostNodes(document, node, next, registry) : 0;
    if (lost === 0) {
      apply(next);
      return;
    }
    modal.confirm({
      title: t('Delete nodes? ({{count}})', { count: lost }),
      content: t('They stand in branches that the new configuration does not have.'),
      okText: t('Delete and save'),
      okButtonProps: { danger: true },
      cancelText: t('Cancel'),
      onOk: () => apply(next),
    });
  };

  return (
    <Drawer
      open
      getContainer={port.drawerContainer?.()}
      aria-label={titleOf(nodeKey)}
      width={`min(${WIDTH}px, 100vw)`}
      title={<DrawerHeader nodeKey={nodeKey} kind={kind} readOnly={readOnly} />}
      onClose={close}
      destroyOnClose
      maskClosable
      styles={{ body: { paddingTop: token.padding } }}
      footer={
        readOnly ? null : (
          <Flex justify="space-between" gap="small">
            <span>
              {nodeKind?.testable && port.can('flow_nodes:test') && (
                <Button onClick={() => setTestConfig(form.current?.values() ?? {})}>{t('Test run')}</Button>
              )}
            </span>
            <Flex gap="small">
              <Button onClick={close}>{t('Cancel')}</Button>
              <Button type="primary" title="Ctrl Enter" disabled={isGone} onClick={() => void save()}>
                {t('Save')}
              </Button>
            </Flex>
          </Flex>
        )
      }
    >
      <div
        ref={body}
        tabIndex={-1}
        style={{ outline: 'none' }}
        onPointerDownCapture={touch}
        onKeyDownCapture={touch}
        onInputCapture={touch}
        onPasteCapture={touch}
        onDropCapture={touch}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void save();
          }
        }}
      >
        <TypeDescription kind={kind} isTrigger={nodeKey === null} />
        <RefusalNote refusals={refused} />
        <FormScopeProvider value={scope}>
          <ConfigForm
            ref={form}
            fieldset={kind?.fieldset}
            initial={initial}
            readOnly={readOnly}
            check={check}
            onChange={() => isTouched.current && setDirty(true)}
            onReady={() => readOnly || focusFirst(body.current)}
          />
        </FormScopeProvider>
      </div>
      {testConfig && node && <TestRunDialog type={node.type} config={testConfig} samples={samples ?? undefined} onClose={closeTest} />}
    </Drawer>
  );
}

/** Fields that a form emptied are not there, as in the JSON that is stored. */
const withoutUndefined = (values: ConfigValues): ConfigValues => JSON.parse(JSON.stringify(values)) as ConfigValues;
