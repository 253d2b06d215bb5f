import { Typography } from 'antd';
import type { MouseEvent, ReactNode } from 'react';
import { usePort } from '../port/HostPort';

interface LinkProps {
  /** path of the application */
  to: string;
  children: ReactNode;
  strong?: boolean;
  title?: string;
  'aria-label'?: string;
}

/** A link inside of the application: no reload, but opens in a new tab like any other when asked to. */
export function Link({ to, children, strong, ...rest }: LinkProps) {
  const port = usePort();
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    port.navigate(to);
  };
  return (
    <Typography.Link {...rest} href={port.href(to)} onClick={follow} strong={strong} style={{ fontSize: 'inherit' }}>
      {children}
    </Typography.Link>
  );
}
