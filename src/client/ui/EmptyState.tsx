import { Empty, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Secondary } from './Secondary';

interface EmptyStateProps {
  title: string;
  /** what to do about it */
  hint?: string;
  /** buttons */
  children?: ReactNode;
}

/** Says why there is nothing to see and what can be done. */
export function EmptyState({ title, hint, children }: EmptyStateProps) {
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <Flex vertical gap={4}>
          <Typography.Text strong>{title}</Typography.Text>
          {hint && <Secondary>{hint}</Secondary>}
        </Flex>
      }
    >
      {children}
    </Empty>
  );
}
