import { Typography, theme } from 'antd';
import type { ComponentProps } from 'react';

/** Text of less weight. The theme's own "secondary" is too pale to be read by everybody. */
export function Secondary({ style, ...props }: Omit<ComponentProps<typeof Typography.Text>, 'type'>) {
  const { token } = theme.useToken();
  return <Typography.Text {...props} style={{ color: token.colorTextSecondary, ...style }} />;
}
