import { Alert, Form, Input, Modal, Radio, theme } from 'antd';
import type { Category } from '../../api/types';
import { useWorkflowApi } from '../../api/useWorkflowApi';
import { useT } from '../../port/HostPort';
import { CATEGORY_COLORS, ColorDot } from '../../ui/ColorDot';
import { useSave } from '../../ui/useSave';

interface CategoryDialogProps {
  /** undefined: closed */
  subject: 'new' | Category | undefined;
  onClose(): void;
  onSaved(): void;
}

/** Name and colour of a category. */
export function CategoryDialog({ subject, onClose, onSaved }: CategoryDialogProps) {
  const t = useT();
  const { token } = theme.useToken();
  const api = useWorkflowApi();
  const [form] = Form.useForm<{ title: string; color: string }>();
  const { isSaving, failure, run, reset } = useSave();
  const names: Record<(typeof CATEGORY_COLORS)[number], string> = {
    default: t('Grey'),
    blue: t('Blue'),
    cyan: t('Cyan'),
    green: t('Green'),
    gold: t('Gold'),
    orange: t('Orange'),
    red: t('Red'),
    magenta: t('Magenta'),
    purple: t('Purple'),
  };

  async function save(values: { title: string; color: string }) {
    const isSaved = await run(() => (typeof subject === 'object' ? api.updateCategory(subject.id, values) : api.createCategory(values)));
    if (isSaved) onSaved();
  }

  return (
    <Modal
      open={Boolean(subject)}
      title={subject === 'new' ? t('Add category') : t('Edit category')}
      okText={t('Submit')}
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
        onFinish={(values) => void save(values)}
        initialValues={typeof subject === 'object' ? { title: subject.title, color: subject.color ?? 'default' } : { color: 'default' }}
      >
        <Form.Item name="title" label={t('Title')} rules={[{ required: true, whitespace: true, message: t('Give it a name') }]}>
          <Input autoFocus maxLength={255} />
        </Form.Item>
        <Form.Item name="color" label={t('Color')}>
          <Radio.Group
            options={CATEGORY_COLORS.map((color) => ({
              value: color,
              label: (
                <span style={{ display: 'inline-flex', alignItems: 'center', gap: token.marginXXS }}>
                  <ColorDot color={color} size={12} /> {names[color]}
                </span>
              ),
            }))}
          />
        </Form.Item>
      </Form>
      {failure && <Alert type="error" showIcon role="alert" message={failure} />}
    </Modal>
  );
}
