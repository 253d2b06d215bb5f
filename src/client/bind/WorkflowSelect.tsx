import { Button, Flex, Select, Spin, Tag, Typography } from 'antd';
import { useState } from 'react';
import { usePort } from '../port/HostPort';
import { Secondary } from '../ui/Secondary';
import { CreateWorkflowLink } from './CreateWorkflowLink';
import { useCandidates, type Candidates } from './useCandidates';
import type { BindableWorkflow } from './workflows';

export interface WorkflowSelectProps {
  /** key of the chosen workflow */
  value?: string;
  onChange(key: string | undefined, workflow?: BindableWorkflow): void;
  /** Enabled workflows that may be chosen, of which the titles hold a text. Must be the same function between renders. */
  load(text: string, signal: AbortSignal): Promise<BindableWorkflow[]>;
  /** the chosen workflow, so that its title can be shown; undefined when there is none with this key */
  chosen?: BindableWorkflow;
  /** keys that cannot be chosen (again) */
  taken?: readonly string[];
  typeTitle(type: string): string;
  /** name for screen readers */
  label: string;
  /** shown when there is nothing to choose from */
  emptyText: string;
  placeholder?: string;
  disabled?: boolean;
  status?: 'warning';
}

/** Chooses a workflow by searching among those that fit. */
export function WorkflowSelect({
  value,
  onChange,
  load,
  chosen,
  taken = [],
  typeTitle,
  label,
  emptyText,
  placeholder,
  disabled,
  status,
}: WorkflowSelectProps) {
  const { t } = usePort();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const candidates = useCandidates(load, { open, text });
  const byKey = new Map(candidates.workflows.map((workflow) => [workflow.key, workflow]));
  const options = candidates.workflows.map(({ key, title }) => ({
    value: key,
    label: title,
    disabled: key !== value && taken.includes(key),
  }));
  if (value && !byKey.has(value)) {
    options.unshift({ value, label: chosen?.title ?? value, disabled: false });
  }
  return (
    <Select
      showSearch
      filterOption={false}
      aria-label={label}
      value={value || undefined}
      placeholder={placeholder ?? t('Select a workflow')}
      disabled={disabled}
      status={status}
      options={open ? options.filter((option) => option.value !== value || byKey.has(option.value)) : options}
      labelRender={({ label: title, value: key }) => title ?? chosen?.title ?? key}
      optionRender={({ label: title, value: key }) => (
        <OptionLine title={title} workflow={byKey.get(String(key))} typeTitle={typeTitle} />
      )}
      loading={candidates.loading}
      notFoundContent={<NothingFound candidates={candidates} emptyText={text ? t('No workflow has this in its title') : emptyText} />}
      onDropdownVisibleChange={(visible) => {
        setOpen(visible);
        setText('');
      }}
      onSearch={setText}
      onChange={(key: string | undefined) => onChange(key, key ? byKey.get(key) : undefined)}
      style={{ width: '100%' }}
    />
  );
}

function OptionLine({
  title,
  workflow,
  typeTitle,
}: {
  title: React.ReactNode;
  workflow?: BindableWorkflow;
  typeTitle(type: string): string;
}) {
  const { t } = usePort();
  return (
    <Flex justify="space-between" align="center" gap="small">
      <Typography.Text ellipsis>{title}</Typography.Text>
      {workflow && (
        <span>
          <Tag bordered={false}>{typeTitle(workflow.type)}</Tag>
          <Tag bordered={false} style={{ marginInlineEnd: 0 }}>
            {t(workflow.sync ? 'Synchronously' : 'Asynchronously')}
          </Tag>
        </span>
      )}
    </Flex>
  );
}

function NothingFound({ candidates, emptyText }: { candidates: Candidates; emptyText: string }) {
  const { t } = usePort();
  if (candidates.loading) {
    return (
      <Flex justify="center" style={{ padding: 12 }}>
        <Spin size="small" />
      </Flex>
    );
  }
  if (candidates.failed) {
    return (
      <Flex vertical align="center" gap="small" style={{ padding: 12 }}>
        <Typography.Text type="danger">{t('Could not be loaded')}</Typography.Text>
        <Button size="small" onClick={candidates.retry}>
          {t('Try again')}
        </Button>
      </Flex>
    );
  }
  return (
    <Flex vertical align="center" gap="small" style={{ padding: 12, textAlign: 'center' }}>
      <Secondary>{emptyText}</Secondary>
      <CreateWorkflowLink />
    </Flex>
  );
}
