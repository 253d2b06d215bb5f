import { App, Switch, Typography } from 'antd';
import { useState } from 'react';
import { usePort, useT } from '../../../port/HostPort';
import { Secondary } from '../../../ui/Secondary';
import { errorText } from '../../../ui/errorText';
import { useEditor } from '../context';
import { refusalLines } from '../refusals';
import { FaultTable } from './FaultsButton';

/** Puts this version into force or out of it. Unsaved edits are stored first, and faults and what could not be stored are listed. */
export function EnableSwitch() {
  const { editor, document, api, lines, refusals, titleOf, canvas } = useEditor();
  const port = usePort();
  const t = useT();
  const { modal, message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const { id, enabled } = document.workflow;

  /** @throws what the server said, unless all but some refused values is stored; those are told */
  const store = async () => {
    await editor.saver.flush().catch((failure: unknown) => {
      if (editor.saver.getState().status !== 'refused') throw failure;
    });
    return refusalLines(editor.saver.getState().refusals ?? [], titleOf, t);
  };

  const set = async (next: boolean) => {
    setBusy(true);
    try {
      await store();
      await api.update(id, { enabled: next });
      editor.setWorkflow({ enabled: next, current: next || document.workflow.current });
      // What is not filled in yet is refused only while the workflow is enabled.
      if (!next) editor.saver.retry();
      void message.success(next ? t('The workflow is enabled') : t('The workflow is disabled'));
    } catch (failure) {
      void message.error(errorText(failure));
    } finally {
      setBusy(false);
    }
  };

  const ask = async (next: boolean) => {
    const known = lines.slice(refusals.length).filter(({ fault }) => fault.level === 'error');
    setBusy(true);
    const unsaved = next
      ? await store()
          .catch((failure: unknown) => void message.error(errorText(failure)))
          .finally(() => setBusy(false))
      : [];
    if (!unsaved) return;
    const errors = [...unsaved, ...known];
    if (!next || errors.length === 0) {
      void set(next);
      return;
    }
    const dialog = modal.confirm({
      title: t('Enable a workflow with problems?'),
      width: 520,
      content: (
        <>
          <Typography.Paragraph>
            <Secondary>
              {unsaved.length > 0
                ? t('Some values are not saved; executions use what was saved before, or fail there:')
                : t('Executions will fail where they reach these nodes:')}
            </Secondary>
          </Typography.Paragraph>
          <FaultTable
            lines={errors}
            onGo={(key) => {
              dialog.destroy();
              canvas.current?.focus(key);
            }}
          />
        </>
      ),
      okText: t('Enable anyway'),
      okButtonProps: { danger: true },
      cancelText: t('Cancel'),
      autoFocusButton: 'cancel',
      onOk: () => set(true),
    });
  };

  return (
    <Switch
      checked={enabled}
      loading={isBusy}
      disabled={!port.can('workflows:update')}
      aria-label={t('Enabled')}
      checkedChildren={t('On')}
      unCheckedChildren={t('Off')}
      onChange={(next) => void ask(next)}
    />
  );
}
