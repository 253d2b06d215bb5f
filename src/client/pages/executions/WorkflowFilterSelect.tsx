import { Select } from 'antd';
import { useState } from 'react';
import { useWorkflowApi } from '../../api/useWorkflowApi';
import { useT } from '../../port/HostPort';
import { useDebounced } from '../../ui/useDebounced';
import { useLoad } from '../../ui/useLoad';

interface WorkflowFilterSelectProps {
  /** key of a workflow */
  value: string | undefined;
  onChange(key: string | undefined): void;
}

/** Chooses one workflow by its name; searched on the server. */
export function WorkflowFilterSelect({ value, onChange }: WorkflowFilterSelectProps) {
  const t = useT();
  const api = useWorkflowApi();
  const [text, setText] = useState('');
  const search = useDebounced(text.trim());
  const { data, loading } = useLoad((signal) => api.listWorkflows({ page: 1, pageSize: 50, search }, signal), [api, search]);
  return (
    <Select
      aria-label={t('Workflow')}
      allowClear
      showSearch
      filterOption={false}
      onSearch={setText}
      loading={loading}
      placeholder={t('Any workflow')}
      value={value}
      onChange={(key?: string) => onChange(key)}
      options={data?.rows.map(({ key, title }) => ({ value: key, label: title || key }))}
      popupMatchSelectWidth={false}
      style={{ minWidth: 180 }}
    />
  );
}
