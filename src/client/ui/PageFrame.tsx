import { App } from 'antd';
import type { ReactNode } from 'react';
import { ErrorBoundary } from './ErrorBoundary';

/** What every page stands in: messages and questions in the colours of the theme, and a net for what breaks. */
export function PageFrame({ children, resetKey }: { children: ReactNode; resetKey?: unknown }) {
  return (
    <App component={false}>
      <ErrorBoundary resetKey={resetKey}>{children}</ErrorBoundary>
    </App>
  );
}
