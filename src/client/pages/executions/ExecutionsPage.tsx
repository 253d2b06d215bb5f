import { Breadcrumb, Card, Flex, theme } from 'antd';
import { paths } from '../../api/paths';
import { useT } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { Link } from '../../ui/Link';
import { PageFrame } from '../../ui/PageFrame';
import { usePageTitle } from '../../ui/usePageTitle';
import { ExecutionList } from './ExecutionList';

/** Executions of all workflows. */
export function ExecutionsPage({ registry }: { registry: KindRegistry }) {
  const t = useT();
  const { token } = theme.useToken();
  usePageTitle(`${t('Workflow')}: ${t('All executions')}`);
  return (
    <PageFrame>
      <Card variant="borderless" style={{ margin: token.margin }}>
        <Flex vertical gap="middle">
          <Breadcrumb items={[{ title: <Link quiet to={paths.workflows()}>{t('Workflow')}</Link> }, { title: t('All executions') }]} />
          <ExecutionList registry={registry} />
        </Flex>
      </Card>
    </PageFrame>
  );
}
