import { Alert, App, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useT } from '../host/translation';
import type { ClientWorkflow, Id } from '../registry/types';
import { errorMessage, type WorkflowApi } from './WorkflowApi';

interface ExecuteModalProps {
  api: WorkflowApi;
  /** undefined = closed */
  workflow: ClientWorkflow | undefined;
  onExecuted(executionId: Id): void;
  onClose(): void;
}

/** Starts a workflow by hand; the trigger variables are given as JSON. */
export function ExecuteModal({ api, workflow, onExecuted, onClose }: ExecuteModalProps) {
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ context: string }>();
  const [failure, setFailure] = useState<string>();
  const [running, setRunning] = useState(false);

  async function execute() {
    // The form shows what is wrong with its fields.
    const values = await form.validateFields().catch(() => undefined);
    if (!workflow || !values) return;
    setRunning(true);
    setFailure(undefined);
    try {
      const execution = await api.execute(workflow, JSON.parse(values.context));
      onClose();
      if (execution) onExecuted(execution.id);
      else void message.info(t('The values do not meet the conditions of the trigger, so nothing was executed.'));
    } catch (error) {
      setFailure(errorMessage(error));
    } finally {
      setRunning(false);
    }
  }

  return (
    <Modal
      open={Boolean(workflow)}
      title={`${t('Execute manually')}: ${workflow?.title ?? ''}`}
      okText={t('Execute')}
      cancelText={t('Cancel')}
      confirmLoading={running}
      onOk={() => void execute()}
      onCancel={onClose}
      afterClose={() => setFailure(undefined)}
      destroyOnClose
    >
      <Form form={form} layout="vertical" preserve={false} initialValues={{ context: '{\n  "data": {}\n}' }}>
        <Form.Item
          name="context"
          label={t('Trigger variables')}
          extra={t('A JSON object, for example {"data": {"id": 1}, "userId": 1} for a post-action event.')}
          rules={[{ validator: async (_, text: string) => void JSON.parse(text), message: t('This is not valid JSON.') }]}
        >
          <Input.TextArea rows={8} />
        </Form.Item>
      </Form>
      {failure && <Alert type="error" showIcon message={failure} />}
    </Modal>
  );
}
