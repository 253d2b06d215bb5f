import { App, Button, Descriptions, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import type { Person } from '../../../api/types';
import { usePort, useT } from '../../../port/HostPort';
import { Secondary } from '../../../ui/Secondary';
import { errorText } from '../../../ui/errorText';
import { KeyTag } from '../../../ui/KeyTag';
import { exactTime, toMs, type Instant } from '../../../ui/time';
import { useEditor } from '../context';

/** Who made the version and when, its title and what people wrote about it. */
export function DetailsDialog({ onClose }: { onClose(): void }) {
  const { row, editor, document, api } = useEditor();
  const port = usePort();
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ title: string; description: string }>();
  const [isSaving, setSaving] = useState(false);
  const mayEdit = port.can('workflows:update');
  const { workflow } = document;

  const save = async () => {
    const values = await form.validateFields();
    setSaving(true);
    try {
      await api.update(workflow.id, values);
      editor.setWorkflow({ title: values.title });
      row.description = values.description;
      onClose();
    } catch (failure) {
      void message.error(errorText(failure));
    } finally {
      setSaving(false);
    }
  };

  const when = (at: Instant, who?: Person | null) => {
    const ms = toMs(at);
    const name = who?.nickname ?? who?.username;
    return [ms === undefined ? '–' : exactTime(ms, port.language), name].filter(Boolean).join(' · ');
  };

  return (
    <Modal
      open
      title={t('Details')}
      onCancel={onClose}
      footer={
        mayEdit && (
          <>
            <Button onClick={onClose}>{t('Cancel')}</Button>
            <Button type="primary" loading={isSaving} onClick={() => void save()}>
              {t('Save')}
            </Button>
          </>
        )
      }
    >
      <Form form={form} layout="vertical" disabled={!mayEdit} initialValues={{ title: workflow.title, description: row.description ?? '' }}>
        <Form.Item name="title" label={t('Name')} rules={[{ required: true, whitespace: true, message: t('Give the workflow a name') }]}>
          <Input maxLength={255} />
        </Form.Item>
        <Form.Item name="description" label={t('Description')} extra={<Secondary>{t('Its first line names this version in the list of versions.')}</Secondary>}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} />
        </Form.Item>
      </Form>
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'key', label: t('Key'), children: <KeyTag value={workflow.key} /> },
          { key: 'created', label: t('Created'), children: when(row.createdAt, row.createdBy) },
          { key: 'updated', label: t('Last updated'), children: when(row.updatedAt, row.updatedBy) },
          { key: 'executed', label: t('Executions of this version'), children: workflow.executed },
        ]}
      />
    </Modal>
  );
}
