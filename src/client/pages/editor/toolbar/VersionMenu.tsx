import { CaretRightOutlined, DownOutlined } from '@ant-design/icons';
import { Button, Flex, Popover, Skeleton, Tag, theme, Typography } from 'antd';
import { useState } from 'react';
import { paths } from '../../../api/paths';
import { usePort, useT } from '../../../port/HostPort';
import { LoadError } from '../../../ui/LoadError';
import { Secondary } from '../../../ui/Secondary';
import { TimeAgo } from '../../../ui/TimeAgo';
import { useLoad } from '../../../ui/useLoad';
import { useEditor } from '../context';
import type { VersionLine } from '../editorApi';
import { numberOf, versionName } from '../versionName';

/** The versions of the workflow, newest first; goes to another one. */
export function VersionMenu() {
  const { document, api } = useEditor();
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  const versions = useLoad((signal) => api.versions(document.workflow.key, signal), [api, document.workflow.key]);
  const number = numberOf(document.workflow.id, versions.data ?? []);
  const change = (next: boolean) => {
    setOpen(next);
    if (next) versions.reload();
  };
  return (
    <Popover open={isOpen} onOpenChange={change} trigger="click" placement="bottomRight" destroyTooltipOnHide content={<Versions {...versions} onDone={() => setOpen(false)} />}>
      <Button aria-label="version" aria-expanded={isOpen} title={t('Versions')}>
        {number === null ? t('Version') : t('Version {{number}}', { number })}
        <DownOutlined style={{ fontSize: 10 }} />
      </Button>
    </Popover>
  );
}

function Versions({ data, error, loading, reload, onDone }: ReturnType<typeof useLoad<VersionLine[]>> & { onDone(): void }) {
  const t = useT();
  if (error) return <LoadError error={error} onRetry={reload} />;
  if (!data && loading) return <Skeleton active title={false} paragraph={{ rows: 3 }} style={{ width: 320 }} />;
  return (
    <ul aria-label={t('Versions')} style={{ listStyle: 'none', margin: 0, padding: 0, width: 360, maxWidth: '85vw', maxHeight: 400, overflow: 'auto' }}>
      {data?.map((version, index) => (
        <li key={version.id}>
          <VersionButton version={version} number={data.length - index} onDone={onDone} />
        </li>
      ))}
    </ul>
  );
}

function VersionButton({ version, number, onDone }: { version: VersionLine; number: number; onDone(): void }) {
  const { document } = useEditor();
  const port = usePort();
  const t = useT();
  const { token } = theme.useToken();
  const isShown = String(version.id) === document.workflow.id;
  const executed = Number(version.versionStats?.executed ?? 0);
  const states = ['version', executed > 0 ? 'executed' : 'unexecuted', version.enabled && 'enabled'];
  return (
    <Button
      type="text"
      block
      className={states.filter(Boolean).join(' ')}
      aria-current={isShown}
      style={{ height: 'auto', padding: token.paddingXS, background: isShown ? token.colorFillTertiary : undefined, justifyContent: 'flex-start' }}
      onClick={() => {
        onDone();
        if (!isShown) port.navigate(paths.workflow(version.id));
      }}
    >
      <Flex vertical align="flex-start" style={{ width: '100%', minWidth: 0 }}>
        <Flex gap={6} align="center" style={{ width: '100%' }}>
          {version.current && <CaretRightOutlined aria-label={t('Current version')} />}
          <Typography.Text strong={isShown} ellipsis>
            {versionName(version, number, t)}
          </Typography.Text>
          {version.enabled && (
            <Tag color="success" style={{ marginInlineEnd: 0 }}>
              {t('Enabled')}
            </Tag>
          )}
        </Flex>
        <Secondary style={{ fontSize: token.fontSizeSM }}>
          #{String(version.id)} · <TimeAgo at={version.createdAt} /> · {executed > 0 ? t('Executions: {{count}}', { count: executed }) : t('Never executed')}
        </Secondary>
      </Flex>
    </Button>
  );
}
