import { App, Switch, Typography } from 'antd';
import { useState } from 'react';
import { usePort, useT } from '../../../port/HostPort';
import { errorText } from '../../../ui/errorText';
import { useEditor } from '../context';
import { FaultTable } from './FaultsButton';

/** Puts this version into force or out of it. Faults are listed before, and unsaved edits are stored first. */
export function EnableSwitch() {
  const { editor, document, api, lines, canvas } = useEditor();
  const port = usePort();
  const t = useT();
  const { modal, message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const { id, enabled } = document.workflow;
  const errors = lines.filter(({ fault }) => fault.level === 'error');

  const set = async (next: boolean) => {
    setBusy(true);
    try {
      await editor.saver.flush();
      await api.update(id, { enabled: next });
      editor.setWorkflow({ enabled: next, current: next || document.workflow.current });
      void message.success(next ? t('The workflow is enabled') : t('The workflow is disabled'));
    } catch (failure) {
      void message.error(errorText(failure));
    } finally {
      setBusy(false);
    }
  };

  const ask = (next: boolean) => {
    if (!next || errors.length === 0) {
      void set(next);
      return;
    }
    const dialog = modal.confirm({
      title: t('Enable a workflow with problems?'),
      width: 520,
      content: (
        <>
          <Typography.Paragraph type="secondary">{t('Executions will fail where they reach these nodes:')}</Typography.Paragraph>
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
      onChange={ask}
    />
  );
}
