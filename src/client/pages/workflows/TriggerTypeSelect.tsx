import { ThunderboltOutlined } from '@ant-design/icons';
import { Flex, Select, theme } from 'antd';
import { useT } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { Secondary } from '../../ui/Secondary';

interface TriggerTypeSelectProps {
  id?: string;
  value?: string;
  onChange?(type: string): void;
  disabled?: boolean;
  registry: KindRegistry;
}

/** Types of triggers, each with what it is for. */
export function TriggerTypeSelect({ id, value, onChange, disabled, registry }: TriggerTypeSelectProps) {
  const t = useT();
  const { token } = theme.useToken();
  const kinds = [...registry.triggers()].sort((a, b) => a.title.localeCompare(b.title));
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      disabled={disabled}
      placeholder={t('What starts the workflow')}
      showSearch
      listHeight={480}
      options={kinds.map(({ type, title, description, icon }) => ({ value: type, label: title, description, icon }))}
      filterOption={(text, option) =>
        `${option?.label} ${option?.description ?? ''}`.toLowerCase().includes(text.trim().toLowerCase())
      }
      optionRender={({ data }) => (
        <Flex gap="small" style={{ paddingBlock: token.paddingXXS, whiteSpace: 'normal' }}>
          <span aria-hidden style={{ color: token.colorTextSecondary }}>
            {data.icon ?? <ThunderboltOutlined />}
          </span>
          <Flex vertical>
            <span>{data.label}</span>
            {data.description && (
              <Secondary style={{ fontSize: token.fontSizeSM, fontWeight: 'normal' }}>
                {data.description}
              </Secondary>
            )}
          </Flex>
        </Flex>
      )}
    />
  );
}
