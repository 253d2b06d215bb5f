import { App, Flex, Typography } from 'antd';
import { useCallback } from 'react';
import type { WorkflowLoss } from '../../api/WorkflowApi';
import type { Id, WorkflowLine } from '../../api/types';
import { useWorkflowApi } from '../../api/useWorkflowApi';
import { paths } from '../../api/paths';
import { usePort, type HostPort } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { errorText } from '../../ui/errorText';
import { useConfirmLoss } from '../../ui/useConfirmLoss';
import { useFaultsOf, type WorkflowFault } from './useFaultsOf';

const nameOf = (workflow: WorkflowLine) => workflow.title || workflow.key;

interface Surroundings {
  registry: KindRegistry;
  patch(id: Id, change: Partial<WorkflowLine>): void;
  reload(): void;
}

/** What can be done to workflows from the list, with the questions that have to be asked before. */
export function useWorkflowActions({ registry, patch, reload }: Surroundings) {
  const api = useWorkflowApi();
  const port = usePort();
  const { t } = port;
  const { modal, message } = App.useApp();
  const confirmLoss = useConfirmLoss();
  const faultsOf = useFaultsOf(registry);

  /** Switches it at once on the screen; takes that back when the server refuses. Faults are asked about first. */
  const toggle = useCallback(
    async (workflow: WorkflowLine, enabled: boolean) => {
      patch(workflow.id, { enabled });
      try {
        const faults = enabled ? await faultsOf(workflow.id) : [];
        if (faults.length > 0) {
          const answer = await askDespite(modal, t, workflow, faults);
          if (answer !== 'enable') {
            patch(workflow.id, { enabled: !enabled });
            if (answer === 'open') port.navigate(paths.workflow(workflow.id));
            return;
          }
        }
        await api.updateWorkflow(workflow.id, { enabled });
      } catch (failure) {
        patch(workflow.id, { enabled: !enabled });
        void message.error(errorText(failure));
      }
    },
    [api, faultsOf, message, modal, patch, port, t],
  );

  /** Deletes workflows after saying what goes with them. Resolves to true when they are gone. */
  const remove = useCallback(
    async (workflows: readonly WorkflowLine[]): Promise<boolean> => {
      const loss = await api.impactOf(workflows.map(({ id }) => id)).catch(() => undefined);
      const done = await confirmLoss({
        title:
          workflows.length === 1
            ? t('Delete the workflow “{{title}}”?', { title: nameOf(workflows[0]!) })
            : t('Delete {{count}} workflows?', { count: workflows.length }),
        content: <LossText loss={loss} workflows={workflows} t={t} />,
        action: t('Delete'),
        perform: () => api.destroyWorkflows(workflows.map(({ id }) => id)),
      });
      if (done) reload();
      return done;
    },
    [api, confirmLoss, reload, t],
  );

  return { toggle, remove };
}

type Modal = ReturnType<typeof App.useApp>['modal'];

function askDespite(
  modal: Modal,
  t: HostPort['t'],
  workflow: WorkflowLine,
  faults: readonly WorkflowFault[],
): Promise<'enable' | 'open' | 'cancel'> {
  return new Promise((resolve) => {
    const question = modal.confirm({
      title: t('Enable “{{title}}” in spite of its faults?', { title: nameOf(workflow) }),
      width: 520,
      content: (
        <Flex vertical gap="small">
          <ul style={{ margin: 0, paddingInlineStart: '1.2em', maxHeight: '40vh', overflow: 'auto' }}>
            {faults.map(({ title, message }, index) => (
              <li key={index}>
                <strong>{title}</strong>: {message}
              </li>
            ))}
          </ul>
          <Typography.Link
            href="#"
            onClick={(event) => {
              event.preventDefault();
              question.destroy();
              resolve('open');
            }}
          >
            {t('Open the canvas')}
          </Typography.Link>
        </Flex>
      ),
      okText: t('Enable anyway'),
      okButtonProps: { danger: true },
      cancelText: t('Cancel'),
      onOk: () => resolve('enable'),
      onCancel: () => resolve('cancel'),
    });
  });
}

/** What would go. Numbers only where they are known. */
function LossText({ loss, workflows, t }: { loss: WorkflowLoss | undefined; workflows: readonly WorkflowLine[]; t: HostPort['t'] }) {
  const enabled = workflows.filter((workflow) => workflow.enabled);
  return (
    <Flex vertical gap="small">
      {loss && (
        <div>
          {t('This also deletes:')}
          <ul style={{ margin: 0, paddingInlineStart: '1.2em' }}>
            <li>{t('Versions: {{count}}', { count: loss.versions })}</li>
            <li>{t('Nodes: {{count}}', { count: loss.nodes })}</li>
          </ul>
        </div>
      )}
      {loss && loss.executions > 0 && (
        <div>{t('Executions so far: {{count}}. They can no longer be shown on the canvas.', { count: loss.executions })}</div>
      )}
      {loss && loss.unfinished > 0 && (
        <Typography.Text type="danger">{t('Executions that have not ended: {{count}}', { count: loss.unfinished })}</Typography.Text>
      )}
      {loss && loss.tasks > 0 && (
        <Typography.Text type="danger">{t('To-dos that people have not done yet: {{count}}', { count: loss.tasks })}</Typography.Text>
      )}
      {enabled.length > 0 && (
        <Typography.Text type="danger">
          {enabled.length === 1 && workflows.length === 1
            ? t('It is enabled: it will no longer be triggered.')
            : t('Enabled, and no longer triggered: {{titles}}', { titles: enabled.map(nameOf).join(', ') })}
        </Typography.Text>
      )}
      <div>{t('This cannot be undone.')}</div>
    </Flex>
  );
}
