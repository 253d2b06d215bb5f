import { PlayCircleOutlined, RedoOutlined, UndoOutlined } from '@ant-design/icons';
import { Breadcrumb, Button, Flex, Tag, theme, Tooltip, Typography } from 'antd';
import { memo, useState, useSyncExternalStore } from 'react';
import { paths } from '../../../api/paths';
import { usePort, useT } from '../../../port/HostPort';
import { Link } from '../../../ui/Link';
import { useNarrow } from '../../../ui/useNarrow';
import { useEditor } from '../context';
import { ExecuteDialog } from '../dialogs/ExecuteDialog';
import { EnableSwitch } from './EnableSwitch';
import { FaultsButton } from './FaultsButton';
import { MoreMenu } from './MoreMenu';
import { SaveIndicator } from './SaveIndicator';
import { VersionMenu } from './VersionMenu';

/** Above the canvas: where one is, what state it is in, and what can be done with the whole workflow. */
export const Toolbar = memo(function Toolbar() {
  const { document, readOnly, registry } = useEditor();
  const port = usePort();
  const t = useT();
  const { token } = theme.useToken();
  const isNarrow = useNarrow();
  const { workflow, trigger } = document;
  const [isExecuting, setExecuting] = useState(false);
  const cannotExecute = !registry.trigger(trigger.type)?.executeFieldset;
  const executeLabel = t('Execute manually');

  return (
    <Flex
      wrap
      align="center"
      gap="small"
      className="workflow-toolbar"
      style={{ padding: `${token.paddingXS}px ${token.padding}px`, borderBottom: `1px solid ${token.colorBorderSecondary}`, background: token.colorBgContainer }}
    >
      <Flex align="center" justify={isNarrow ? 'space-between' : undefined} gap="small" style={{ flex: isNarrow ? '1 1 100%' : '1 1 240px', minWidth: 0 }}>
        <Breadcrumb
          style={{ minWidth: 0 }}
          items={[
            { title: <Link quiet to={paths.workflows()}>{t('Workflow')}</Link> },
            {
              title: (
                <Tooltip title={`${t('Key')}: ${workflow.key}`}>
                  <Typography.Text strong ellipsis style={{ maxWidth: isNarrow ? 170 : 320 }}>
                    {workflow.title}
                  </Typography.Text>
                </Tooltip>
              ),
            },
          ]}
        />
        {!isNarrow && <Tag style={{ marginInlineEnd: 0 }}>{workflow.sync ? t('Synchronously') : t('Asynchronously')}</Tag>}
        {!readOnly && <SaveIndicator />}
      </Flex>
      {!readOnly && <UndoRedo />}
      <FaultsButton />
      <Tooltip title={cannotExecute ? t('This type of trigger has not been supported to be executed manually.') : isNarrow ? executeLabel : undefined}>
        <Button icon={<PlayCircleOutlined />} disabled={cannotExecute || !port.can('workflows:execute')} aria-label={executeLabel} onClick={() => setExecuting(true)}>
          {isNarrow ? null : executeLabel}
        </Button>
      </Tooltip>
      <VersionMenu />
      <EnableSwitch />
      <MoreMenu />
      {isExecuting && <ExecuteDialog onClose={() => setExecuting(false)} />}
    </Flex>
  );
});

function UndoRedo() {
  const { editor } = useEditor();
  const t = useT();
  const { past, future } = useSyncExternalStore(editor.subscribe, editor.getHistory);
  const undoLabel = past.length ? `${t('Undo')}: ${past.at(-1)!.label}` : t('Undo');
  const redoLabel = future.length ? `${t('Redo')}: ${future.at(-1)!.label}` : t('Redo');
  return (
    <Flex role="group" aria-label={t('Undo, redo')}>
      <Tooltip title={`${undoLabel} (Ctrl Z)`}>
        <Button type="text" icon={<UndoOutlined />} aria-label={undoLabel} disabled={past.length === 0} onClick={() => editor.undo()} />
      </Tooltip>
      <Tooltip title={`${redoLabel} (Ctrl Shift Z)`}>
        <Button type="text" icon={<RedoOutlined />} aria-label={redoLabel} disabled={future.length === 0} onClick={() => editor.redo()} />
      </Tooltip>
    </Flex>
  );
}
