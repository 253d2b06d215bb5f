import { Alert, Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { useT } from '../port/HostPort';
import { errorText } from './errorText';

interface ErrorBoundaryProps {
  children: ReactNode;
  /** what is shown instead; absent: a message with a button to try again */
  fallback?: (error: unknown, retry: () => void) => ReactNode;
  /** forgets the error when it changes, e.g. the id of what is shown */
  resetKey?: unknown;
}

/** Keeps what breaks inside from taking the page down. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: unknown; failed: boolean }> {
  override state = { error: undefined as unknown, failed: false };

  static getDerivedStateFromError(error: unknown) {
    return { error, failed: true };
  }

  override componentDidUpdate(before: ErrorBoundaryProps) {
    if (this.state.failed && before.resetKey !== this.props.resetKey) this.retry();
  }

  private readonly retry = () => this.setState({ error: undefined, failed: false });

  override render() {
    if (!this.state.failed) return this.props.children;
    return this.props.fallback ? (
      this.props.fallback(this.state.error, this.retry)
    ) : (
      <Broken error={this.state.error} onRetry={this.retry} />
    );
  }
}

function Broken({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const t = useT();
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      message={t('This part of the page stopped working')}
      description={errorText(error)}
      action={
        <Button size="small" onClick={onRetry}>
          {t('Try again')}
        </Button>
      }
    />
  );
}
