import { Typography, theme } from 'antd';
import type { MouseEvent, ReactNode } from 'react';
import { usePort } from '../port/HostPort';

interface LinkProps {
  /** path of the application */
  to: string;
  children: ReactNode;
  strong?: boolean;
  /** the way back in a breadcrumb: of less weight than other links, but dark enough to be read */
  quiet?: boolean;
  title?: string;
  'aria-label'?: string;
}

/** A link inside of the application: no reload, but opens in a new tab like any other when asked to. */
export function Link({ to, children, strong, quiet, ...rest }: LinkProps) {
  const port = usePort();
  const { token } = theme.useToken();
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    port.navigate(to);
  };
  return (
    <Typography.Link {...rest} href={port.href(to)} onClick={follow} strong={strong} style={{ fontSize: 'inherit', color: quiet ? token.colorTextSecondary : undefined }}>
      {children}
    </Typography.Link>
  );
}
