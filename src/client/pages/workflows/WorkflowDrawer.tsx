import { Alert, Button, Drawer, Flex, Form, Input, Radio, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { Category, WorkflowLine, WorkflowOptions } from '../../api/types';
import { useWorkflowApi } from '../../api/useWorkflowApi';
import { RequestRefused, useT } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { ColorDot } from '../../ui/ColorDot';
import { Secondary } from '../../ui/Secondary';
import { errorText } from '../../ui/errorText';
import { useConfirmLoss } from '../../ui/useConfirmLoss';
import { AdvancedOptions } from './AdvancedOptions';
import { TriggerPreset, type PresetSubmitter } from './TriggerPreset';
import { TriggerTypeSelect } from './TriggerTypeSelect';

interface WorkflowDrawerProps {
  /** `new` creates one; a workflow is edited; undefined: closed */
  subject: 'new' | WorkflowLine | undefined;
  registry: KindRegistry;
  categories: readonly Category[];
  /** category that new workflows begin with */
  category?: Category['id'];
  onClose(): void;
  onSaved(workflow: WorkflowLine | undefined): void;
}

interface Values {
  title: string;
  type: string;
  sync: boolean;
  config: Record<string, unknown>;
  description?: string;
  categories: Category['id'][];
  options: WorkflowOptions;
}

const OPTIONS: WorkflowOptions = { timeout: 0, stackLimit: 1, deleteExecutionOnStatus: [] };

function initialValues(subject: WorkflowDrawerProps['subject'], category: Category['id'] | undefined): Partial<Values> {
  if (typeof subject !== 'object') return { sync: false, config: {}, categories: category === undefined ? [] : [category], options: OPTIONS };
  const { title, type, sync, description, categories, options } = subject;
  return {
    title: title ?? '',
    type,
    sync,
    description: description ?? '',
    categories: categories?.map(({ id }) => id) ?? [],
    options: { ...OPTIONS, ...options },
  };
}

/** Creates a workflow, or edits what may be edited outside of the canvas. */
export function WorkflowDrawer({ subject, registry, categories, category, onClose, onSaved }: WorkflowDrawerProps) {
  const t = useT();
  const api = useWorkflowApi();
  const confirmLoss = useConfirmLoss();
  const [form] = Form.useForm<Values>();
  const [failure, setFailure] = useState<string>();
  const [saving, setSaving] = useState(false);
  const preset = useRef<PresetSubmitter>();
  const type = Form.useWatch('type', form);
  const kind = type ? registry.trigger(type) : undefined;
  const isNew = subject === 'new';

  useEffect(() => {
    if (subject) setFailure(undefined);
  }, [subject]);

  async function close() {
    const isDirty = form.isFieldsTouched();
    if (isDirty && !(await confirmLoss({ title: t('Discard the changes?'), action: t('Discard') }))) return;
    onClose();
  }

  async function save(values: Values) {
    setSaving(true);
    setFailure(undefined);
    try {
      if (typeof subject === 'object') {
        const { title, description, categories: ids, options } = values;
        await api.updateWorkflow(subject.id, { title, description, categories: ids, options: { ...subject.options, ...options } });
        onSaved(undefined);
      } else {
        const config = { ...kind?.defaultConfig(), ...values.config, ...(await preset.current?.()) };
        onSaved(await api.createWorkflow({ ...values, sync: kind?.sync ?? values.sync, config }));
      }
    } catch (error) {
      const field = error instanceof RequestRefused ? error.field : undefined;
      const name = (field?.split('.') ?? []) as [keyof Values];
      if (form.getFieldInstance(name)) form.setFields([{ name, errors: [errorText(error)] }]);
      else setFailure(errorText(error));
    } finally {
      setSaving(false);
    }
  }

  function choose(next: string) {
    const chosen = registry.trigger(next);
    form.setFieldsValue({ sync: chosen?.sync ?? false });
    form.setFieldValue('config', chosen?.defaultConfig() ?? {});
  }

  return (
    <Drawer
      aria-label={isNew ? t('Add a workflow') : t('Edit workflow')}
      open={Boolean(subject)}
      onClose={() => void close()}
      width="min(640px, 100vw)"
      title={isNew ? t('Add a workflow') : t('Edit workflow')}
      destroyOnClose
      footer={
        <Flex gap="small" justify="flex-end">
          <Button onClick={() => void close()}>{t('Cancel')}</Button>
          <Button type="primary" loading={saving} onClick={() => form.submit()}>
            {t('Submit')}
          </Button>
        </Flex>
      }
    >
      <Form<Values>
        form={form}
        layout="vertical"
        preserve={false}
        initialValues={initialValues(subject, category)}
        onFinish={(values) => void save(values)}
        scrollToFirstError
        requiredMark
      >
        <Form.Item name="title" label={t('Name')} rules={[{ required: true, whitespace: true, message: t('Give it a name') }]}>
          <Input autoFocus maxLength={255} />
        </Form.Item>
        <Form.Item name="type" label={t('Trigger type')} rules={[{ required: true, message: t('Choose what starts it') }]}>
          <TriggerTypeSelect registry={registry} disabled={!isNew} onChange={choose} />
        </Form.Item>
        {isNew && kind && <TriggerPreset type={kind.type} registry={registry} submitter={preset} />}
        <Form.Item
          name="sync"
          label={t('Execute mode')}
          extra={
            <Secondary>
              {kind?.sync === undefined
                ? t('Synchronously: whoever triggers it waits for the result; nodes that wait are not available. It cannot be changed later.')
                : t('This trigger type allows no other mode.')}
            </Secondary>
          }
        >
          <Radio.Group
            disabled={!isNew || !kind || kind.sync !== undefined}
            options={[
              { value: false, label: t('Asynchronously') },
              { value: true, label: t('Synchronously') },
            ]}
          />
        </Form.Item>
        <Form.Item name="categories" label={t('Category')}>
          <Select
            mode="multiple"
            allowClear
            optionFilterProp="title"
            options={categories.map(({ id, title, color }) => ({
              value: id,
              title,
              label: (
                <>
                  <ColorDot color={color} /> {title}
                </>
              ),
            }))}
          />
        </Form.Item>
        <Form.Item name="description" label={t('Description')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} />
        </Form.Item>
        <AdvancedOptions />
        {failure && <Alert type="error" showIcon role="alert" message={failure} style={{ marginTop: 16 }} />}
      </Form>
    </Drawer>
  );
}
