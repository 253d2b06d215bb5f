import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Flex, Typography, theme } from 'antd';
import type { NodeKey } from '../../document/types';
import { useT } from '../../port/HostPort';
import type { RepeatedNode } from './rounds';

interface RoundSteppersProps {
  repeated: readonly RepeatedNode[];
  titleOf(key: NodeKey): string;
  onChoose(key: NodeKey, round: number): void;
}

/** For each loop: which of its rounds the page shows. */
export function RoundSteppers({ repeated, titleOf, onChoose }: RoundSteppersProps) {
  const t = useT();
  const { token } = theme.useToken();
  if (repeated.length === 0) return null;
  return (
    <Flex wrap gap="middle" style={{ padding: `${token.paddingXXS}px ${token.padding}px`, borderBottom: `1px solid ${token.colorBorderSecondary}` }}>
      {repeated.map(({ key, rounds, shown }) => (
        <Flex key={key} align="center" gap={4} role="group" aria-label={t('Rounds of {{title}}', { title: titleOf(key) })}>
          <Typography.Text strong ellipsis style={{ maxWidth: '14em' }}>
            {titleOf(key)}
          </Typography.Text>
          <Button
            type="text"
            size="small"
            icon={<LeftOutlined />}
            aria-label={t('Previous round')}
            disabled={shown === 0}
            onClick={() => onChoose(key, shown - 1)}
          />
          <span aria-live="polite" style={{ fontVariantNumeric: 'tabular-nums' }}>
            {t('Round {{number}} of {{count}}', { number: shown + 1, count: rounds })}
          </span>
          <Button
            type="text"
            size="small"
            icon={<RightOutlined />}
            aria-label={t('Next round')}
            disabled={shown === rounds - 1}
            onClick={() => onChoose(key, shown + 1)}
          />
        </Flex>
      ))}
    </Flex>
  );
}
