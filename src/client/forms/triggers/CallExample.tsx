import { Collapse, Typography } from 'antd';
import { usePort } from '../../port/HostPort';
import { Secondary } from '../../ui/Secondary';
import { splitName } from '../shared/collections';

interface CallExampleProps {
  workflowKey: string;
  collection: string;
  isGlobal: boolean;
}

/** A request that triggers the workflow, for a shell. */
export function curlLine(apiBase: string, { workflowKey, collection, isGlobal }: CallExampleProps): string {
  const [dataSource, name] = splitName(collection);
  const query = isGlobal ? '' : `?triggerWorkflows=${encodeURIComponent(workflowKey)}`;
  return [
    `curl -X POST '${apiBase.replace(/\/$/, '')}/${name}:create${query}'`,
    `-H 'Authorization: Bearer <token>'`,
    `-H 'X-Role: <role>'`,
    ...(dataSource === 'main' ? [] : [`-H 'X-Data-Source: ${dataSource}'`]),
    `-H 'Content-Type: application/json'`,
    `-d '{}'`,
  ].join(' \\\n  ');
}

/** The workflow's key, and how to trigger it over HTTP. */
export function CallExample(props: CallExampleProps) {
  const { t, apiBase } = usePort();
  const curl = curlLine(apiBase, props);
  return (
    <Collapse
      size="small"
      defaultActiveKey="call"
      items={[
        {
          key: 'call',
          label: t('Trigger it by HTTP request'),
          children: (
            <>
              <Typography.Paragraph>
                {t('Key')}:{' '}
                <Typography.Text code copyable={{ text: props.workflowKey, tooltips: [t('Copy key'), t('Copied')] }}>
                  {props.workflowKey}
                </Typography.Text>
              </Typography.Paragraph>
              <Secondary copyable={{ text: curl, tooltips: [t('Copy'), t('Copied')] }}>
                {t('Request')}
              </Secondary>
              <Typography.Paragraph style={{ marginBottom: 0 }}>
                <pre style={{ margin: '4px 0 0', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{curl}</pre>
              </Typography.Paragraph>
            </>
          ),
        },
      ]}
    />
  );
}
