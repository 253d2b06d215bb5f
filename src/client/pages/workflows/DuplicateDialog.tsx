import { Alert, Form, Input, Modal } from 'antd';
import type { WorkflowLine } from '../../api/types';
import { useWorkflowApi } from '../../api/useWorkflowApi';
import { useT } from '../../port/HostPort';
import { Secondary } from '../../ui/Secondary';
import { useSave } from '../../ui/useSave';

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
  const { isSaving, failure, run, reset } = useSave();

  async function duplicate(values: { title: string; description?: string }) {
    if (workflow && (await run(() => api.duplicateWorkflow(workflow.id, values)))) onDone();
  }

  return (
    <Modal
      open={Boolean(workflow)}
      title={t('Duplicate to new workflow')}
      okText={t('Duplicate')}
      cancelText={t('Cancel')}
      confirmLoading={isSaving}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterClose={reset}
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
        <Form.Item name="description" label={t('Description')} extra={<Secondary>{t('The copy begins disabled and without executions.')}</Secondary>}>
          <Input.TextArea autoSize={{ minRows: 2 }} />
        </Form.Item>
      </Form>
      {failure && <Alert type="error" showIcon role="alert" message={failure} />}
    </Modal>
  );
}
