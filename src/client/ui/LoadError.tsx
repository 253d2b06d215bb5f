import { Alert, Button } from 'antd';
import { useT } from '../port/HostPort';

/** Says that something could not be loaded and offers to try again; nothing when there is no error. */
export function LoadError({ error, onRetry }: { error: string | undefined; onRetry(): void }) {
  const t = useT();
  if (!error) return null;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      message={t('Could not be loaded')}
      description={error}
      action={
        <Button size="small" onClick={onRetry}>
          {t('Try again')}
        </Button>
      }
    />
  );
}
