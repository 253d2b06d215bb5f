import { Button, Flex, Result, Skeleton } from 'antd';
import { useMemo } from 'react';
import { paths } from '../../api/paths';
import { RequestRefused, usePort, useT } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { errorText } from '../../ui/errorText';
import { PageFrame } from '../../ui/PageFrame';
import { EditorApi } from './editorApi';
import { EditorView } from './EditorView';
import { useVersion } from './useVersion';

export interface EditorPageProps {
  /** id of the version */
  workflowId: string;
  registry: KindRegistry;
}

/** Canvas of one version of a workflow, with everything to change, check, run and publish it. */
export function EditorPage(props: EditorPageProps) {
  return (
    <PageFrame resetKey={props.workflowId}>
      <EditorLoader {...props} />
    </PageFrame>
  );
}

export default EditorPage;

function EditorLoader({ workflowId, registry }: EditorPageProps) {
  const port = usePort();
  const t = useT();
  const api = useMemo(() => new EditorApi(port), [port]);
  const { version, error, reload } = useVersion(api, workflowId);
  if (error && !version) {
    const isMissing = error instanceof RequestRefused && (error.status === 404 || error.status === 204);
    return (
      <Result
        status={isMissing ? '404' : 'error'}
        title={isMissing ? t('This version of the workflow does not exist') : t('Could not be loaded')}
        subTitle={isMissing ? t('It may have been deleted.') : errorText(error)}
        extra={
          <Flex gap="small" justify="center">
            {!isMissing && (
              <Button type="primary" onClick={reload}>
                {t('Try again')}
              </Button>
            )}
            <Button onClick={() => port.navigate(paths.workflows())}>{t('All workflows')}</Button>
          </Flex>
        }
      />
    );
  }
  if (!version) return <EditorSkeleton />;
  return <EditorView key={version.loadedAt} version={version} registry={registry} api={api} onReload={reload} />;
}

/** The page before its workflow is there. */
function EditorSkeleton() {
  const t = useT();
  return (
    <div role="status" aria-label={t('Loading')} style={{ padding: 24 }}>
      <Skeleton.Input active block style={{ height: 40 }} />
      <Flex vertical align="center" gap={48} style={{ paddingTop: 64 }}>
        {[112, 84, 84].map((height, index) => (
          <Skeleton.Node key={index} active style={{ width: 240, height }} />
        ))}
      </Flex>
    </div>
  );
}
