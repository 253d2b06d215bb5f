import { Alert, App, Button, Checkbox, Modal, Typography } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { paths } from '../../../api/paths';
import { ConfigForm, useKindContext, type ConfigFormHandle } from '../../../canvas';
import { FormScopeProvider, type FormScope } from '../../../forms/context';
import { usePort, useT } from '../../../port/HostPort';
import { Secondary } from '../../../ui/Secondary';
import { errorText } from '../../../ui/errorText';
import { Link } from '../../../ui/Link';
import { ExecutionStatusTag } from '../../../ui/StatusTag';
import { useEditor } from '../context';
import { FaultList } from '../../../canvas/card/FaultBadge';

/** Executes this version with trigger data of one's choice; it need not be enabled. */
export function ExecuteDialog({ onClose }: { onClose(): void }) {
  const { editor, document, registry, api, reload } = useEditor();
  const port = usePort();
  const t = useT();
  const { message } = App.useApp();
  const contextOf = useKindContext();
  const form = useRef<ConfigFormHandle>(null);
  const [isRunning, setRunning] = useState(false);
  const isFirst = document.workflow.executed === 0;
  const [autoRevision, setAutoRevision] = useState(isFirst);
  const { id } = document.workflow;
  const kind = registry.trigger(document.trigger.type);
  const isReady = kind?.executable?.(document.trigger.config) ?? true;
  const triggerFaults = kind?.check?.(document.trigger.config, contextOf(document)) ?? [];
  const scope = useMemo<FormScope>(() => ({ document, registry, readOnly: false, hideVariables: true }), [document, registry]);

  const execute = async () => {
    const values = await form.current?.submit();
    if (!values) return;
    setRunning(true);
    try {
      await editor.saver.flush();
      const { execution, newVersionId } = await api.execute(id, values, autoRevision);
      onClose();
      if (!execution) {
        void message.warning(t('Workflow was not triggered because the current request did not meet the trigger requirements.'));
      } else {
        void message.open({
          type: 'info',
          duration: 8,
          content: (
            <>
              {t('Workflow executed')} <ExecutionStatusTag status={execution.status} />{' '}
              <Link to={paths.execution(execution.id)}>{t('View the execution')}</Link>
            </>
          ),
        });
      }
      if (newVersionId !== undefined) port.navigate(paths.workflow(newVersionId));
      else reload();
    } catch (failure) {
      void message.error(errorText(failure));
    } finally {
      setRunning(false);
    }
  };

  return (
    <Modal
      open
      title={t('Execute manually')}
      width={560}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="primary" loading={isRunning} disabled={!isReady} onClick={() => void execute()}>
            {t('Execute')}
          </Button>
        </>
      }
    >
      {isReady ? (
        <>
          <Typography.Paragraph>
            <Secondary>{t('Trigger variables need to be filled for executing.')}</Secondary>
          </Typography.Paragraph>
          <FormScopeProvider value={scope}>
            <ConfigForm ref={form} fieldset={kind?.executeFieldset} initial={{}} root="values" />
          </FormScopeProvider>
          {isFirst && (
            <Checkbox checked={autoRevision} onChange={(event) => setAutoRevision(event.target.checked)}>
              {t('Automatically create a new version after execution')}
            </Checkbox>
          )}
        </>
      ) : (
        <Alert
          type="warning"
          showIcon
          message={t('The trigger is not configured correctly, please check the trigger configuration.')}
          description={triggerFaults.length > 0 && <FaultList faults={triggerFaults} />}
        />
      )}
    </Modal>
  );
}
