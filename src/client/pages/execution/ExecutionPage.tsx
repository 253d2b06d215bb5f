import { Button, Result, Skeleton } from 'antd';
import { paths } from '../../api/paths';
import type { Id } from '../../api/types';
import { RequestRefused, usePort } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { LoadError } from '../../ui/LoadError';
import { PageFrame } from '../../ui/PageFrame';
import { ExecutionView } from './ExecutionView';
import { useExecution } from './useExecution';

interface ExecutionPageProps {
  id: Id;
  registry: KindRegistry;
}

/** One run: its way through the flow, what each node did, and what can be done about it. */
export function ExecutionPage({ id, registry }: ExecutionPageProps) {
  return (
    <PageFrame resetKey={id}>
      <Loader id={id} registry={registry} />
    </PageFrame>
  );
}

function Loader({ id, registry }: ExecutionPageProps) {
  const { t, navigate } = usePort();
  const loaded = useExecution(id);
  const { data, error, failure, reload } = loaded;
  const isMissing = (!data && !error && !loaded.loading) || (failure instanceof RequestRefused && failure.status === 404);
  if (isMissing) {
    return (
      <Result
        status="404"
        title={t('This execution does not exist')}
        subTitle={t('It may have been deleted.')}
        extra={<Button onClick={() => navigate(paths.executions())}>{t('All executions')}</Button>}
      />
    );
  }
  if (!data || String(data.id) !== String(id)) return error ? <LoadError error={error} onRetry={reload} /> : <Skeleton active style={{ padding: 24 }} />;
  return <ExecutionView key={String(id)} execution={data} registry={registry} loading={loaded.loading} error={error} onReload={reload} />;
}
