import { EditOutlined } from '@ant-design/icons';
import { Button, Flex, Input, theme, Tooltip, Typography } from 'antd';
import { useState } from 'react';
import { renameNode, setTrigger } from '../../../document/commands/nodes';
import type { NodeKey } from '../../../document/types';
import { useT } from '../../../port/HostPort';
import type { NodeKind, TriggerKind } from '../../../registry/kinds';
import { KeyTag } from '../../../ui/KeyTag';
import { Secondary } from '../../../ui/Secondary';
import { useEditor } from '../context';

interface HeaderProps {
  nodeKey: NodeKey | null;
  kind: NodeKind | TriggerKind | undefined;
  readOnly: boolean;
}

/** Title of what is configured, which can be changed here too, and the key by which variables name it. */
export function DrawerHeader({ nodeKey, kind, readOnly }: HeaderProps) {
  const { document, editor, titleOf } = useEditor();
  const t = useT();
  const [text, setText] = useState<string | null>(null);
  const title = titleOf(nodeKey);
  const close = (isKept: boolean) => {
    if (isKept && text !== null && text.trim() !== title) {
      editor.apply(t('Renamed'), (current) =>
        nodeKey === null ? setTrigger(current, { title: text.trim() }) : renameNode(current, { key: nodeKey, title: text.trim() }),
      );
    }
    setText(null);
  };
  return (
    <Flex align="center" gap="small" style={{ minWidth: 0 }}>
      <span aria-hidden>{kind?.icon}</span>
      {text === null ? (
        <>
          <Typography.Text strong ellipsis style={{ minWidth: 0, flex: '0 1 auto' }} title={title}>
            {title}
          </Typography.Text>
          {!readOnly && <Button type="text" size="small" icon={<EditOutlined />} aria-label={t('Rename')} onClick={() => setText(title)} />}
        </>
      ) : (
        <Input
          autoFocus
          value={text}
          maxLength={255}
          aria-label={t('Title')}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => close(true)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) close(true);
            else if (event.key === 'Escape') close(false);
            else return;
            event.stopPropagation();
          }}
        />
      )}
      <span style={{ flex: 1 }} />
      <Tooltip title={nodeKey === null ? t('Key of the workflow in requests') : t('Variable key of node')}>
        <span style={{ fontWeight: 'normal' }}>
          <KeyTag value={nodeKey ?? document.workflow.key} />
        </span>
      </Tooltip>
    </Flex>
  );
}

/** What the type does, in words. */
export function TypeDescription({ kind, isTrigger }: { kind: NodeKind | TriggerKind | undefined; isTrigger: boolean }) {
  const t = useT();
  const { token } = theme.useToken();
  if (!kind) return null;
  return (
    <div style={{ background: token.colorFillQuaternary, borderRadius: token.borderRadiusLG, padding: `${token.paddingXS}px ${token.paddingSM}px`, marginBottom: token.marginLG }}>
      <Secondary>
        {isTrigger ? t('Trigger type') : t('Node type')}: <Typography.Text strong>{kind.title}</Typography.Text>
      </Secondary>
      {kind.description && (
        <Typography.Paragraph style={{ margin: 0 }}>
          <Secondary>
            {kind.description}
          </Secondary>
        </Typography.Paragraph>
      )}
    </div>
  );
}
