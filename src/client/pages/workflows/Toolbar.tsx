import { DeleteOutlined, DownOutlined, HistoryOutlined, PlusOutlined, ReloadOutlined } from '@ant-design/icons';
import { Button, Dropdown, Flex, Input, Select, Space } from 'antd';
import { paths } from '../../api/paths';
import { usePort } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { useNarrow } from '../../ui/useNarrow';
import type { WorkflowFilter } from './useWorkflows';

interface ToolbarProps {
  filter: WorkflowFilter;
  onFilter(change: Partial<WorkflowFilter>): void;
  registry: KindRegistry;
  loading: boolean;
  selected: number;
  onReload(): void;
  onAdd(): void;
  onTemplates(): void;
  onRemove(): void;
}

/** Search, filters and what can be done to the list. */
export function Toolbar({ filter, onFilter, registry, loading, selected, onReload, onAdd, onTemplates, onRemove }: ToolbarProps) {
  const port = usePort();
  const { t } = port;
  const isNarrow = useNarrow();
  return (
    <Flex wrap gap="small" justify="space-between">
      <Flex wrap gap="small" flex={isNarrow ? '1 1 100%' : '1 1 320px'} style={{ minWidth: 0 }}>
        <Input.Search
          allowClear
          aria-label={t('Search workflows')}
          placeholder={t('Search name or key')}
          value={filter.search}
          onChange={({ target }) => onFilter({ search: target.value })}
          style={{ flex: '1 1 150px', maxWidth: isNarrow ? undefined : 280 }}
        />
        <Select
          aria-label={t('Trigger type')}
          allowClear
          placeholder={t('Any trigger')}
          value={filter.type}
          onChange={(type?: string) => onFilter({ type })}
          options={registry.triggers().map(({ type, title }) => ({ value: type, label: title }))}
          popupMatchSelectWidth={false}
          style={{ flex: '1 1 130px', maxWidth: isNarrow ? undefined : 200 }}
        />
        <Select
          aria-label={t('Status')}
          allowClear
          placeholder={t('On and off')}
          value={filter.enabled}
          onChange={(enabled?: boolean) => onFilter({ enabled })}
          options={[
            { value: true, label: t('Enabled') },
            { value: false, label: t('Disabled') },
          ]}
          style={{ flex: '1 1 110px', maxWidth: isNarrow ? undefined : 160 }}
        />
      </Flex>
      <Flex wrap gap="small">
        {selected > 0 && (
          <Button danger icon={<DeleteOutlined />} onClick={onRemove}>
            {t('Delete {{count}} selected', { count: selected })}
          </Button>
        )}
        <Button
          icon={<HistoryOutlined />}
          aria-label={t('All executions')}
          title={isNarrow ? t('All executions') : undefined}
          href={port.href(paths.executions())}
          onClick={(event) => goTo(event, port.navigate, paths.executions())}
        >
          {isNarrow ? null : t('All executions')}
        </Button>
        <Button icon={<ReloadOutlined />} aria-label={t('Refresh')} title={t('Refresh')} loading={loading} onClick={onReload} />
        <Space.Compact>
          <Button type="primary" icon={isNarrow ? undefined : <PlusOutlined />} onClick={onAdd}>
            {t('Add new')}
          </Button>
          <Dropdown trigger={['click']} placement="bottomRight" menu={{ items: [{ key: 'templates', label: t('From a template'), onClick: onTemplates }] }}>
            <Button type="primary" icon={<DownOutlined />} aria-label={t('More ways to add')} />
          </Dropdown>
        </Space.Compact>
      </Flex>
    </Flex>
  );
}

function goTo(event: React.MouseEvent, navigate: (path: string) => void, path: string) {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  navigate(path);
}
