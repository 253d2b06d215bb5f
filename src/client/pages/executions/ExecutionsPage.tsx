import { Breadcrumb, Card, Flex, theme } from 'antd';
import { paths } from '../../api/paths';
import { useT } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { Link } from '../../ui/Link';
import { PageFrame } from '../../ui/PageFrame';
import { ExecutionList } from './ExecutionList';

/** Executions of all workflows. */
export function ExecutionsPage({ registry }: { registry: KindRegistry }) {
  const t = useT();
  const { token } = theme.useToken();
  return (
    <PageFrame>
      <Card variant="borderless" style={{ margin: token.margin }}>
        <Flex vertical gap="middle">
          <Breadcrumb items={[{ title: <Link to={paths.workflows()}>{t('Workflow')}</Link> }, { title: t('All executions') }]} />
          <ExecutionList registry={registry} />
        </Flex>
      </Card>
    </PageFrame>
  );
}
