import { Alert, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import type { WorkflowLine } from '../../api/types';
import { useWorkflowApi } from '../../api/useWorkflowApi';
import { useT } from '../../port/HostPort';
import { errorText } from '../../ui/errorText';

interface DuplicateDialogProps {
  /** undefined: closed */
  workflow: WorkflowLine | undefined;
  onClose(): void;
  onDone(): void;
}

/** Copies a workflow into one of its own, which begins disabled and without executions. */
export function DuplicateDialog({ workflow, onClose, onDone }: DuplicateDialogProps) {
  const t = useT();
  const api = useWorkflowApi();
  const [form] = Form.useForm<{ title: string; description?: string }>();
  const [failure, setFailure] = useState<string>();
  const [saving, setSaving] = useState(false);

  async function duplicate(values: { title: string; description?: string }) {
    if (!workflow) return;
    setSaving(true);
    setFailure(undefined);
    try {
      await api.duplicateWorkflow(workflow.id, values);
      onDone();
    } catch (error) {
      setFailure(errorText(error));
    } finally {
      setSaving(false);
    }
  }

  return (
    <Modal
      open={Boolean(workflow)}
      title={t('Duplicate to new workflow')}
      okText={t('Duplicate')}
      cancelText={t('Cancel')}
      confirmLoading={saving}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterClose={() => setFailure(undefined)}
      destroyOnClose
    >
      <Form
        form={form}
        layout="vertical"
        preserve={false}
        onFinish={(values) => void duplicate(values)}
        initialValues={{
          title: workflow && t('{{title}} (copy)', { title: workflow.title || workflow.key }),
          description: workflow?.description ?? '',
        }}
      >
        <Form.Item name="title" label={t('Name')} rules={[{ required: true, whitespace: true, message: t('Give it a name') }]}>
          <Input autoFocus maxLength={255} />
        </Form.Item>
        <Form.Item name="description" label={t('Description')} extra={t('The copy begins disabled and without executions.')}>
          <Input.TextArea autoSize={{ minRows: 2 }} />
        </Form.Item>
      </Form>
      {failure && <Alert type="error" showIcon role="alert" message={failure} />}
    </Modal>
  );
}
