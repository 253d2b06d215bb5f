import { App, Button, Empty, Flex, Modal, Select, Skeleton, Tag, theme, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { paths } from '../../../api/paths';
import { Canvas, type DiffOverlay } from '../../../canvas';
import { compareDocuments, type FieldChange, type FlowDifference } from '../../../document/compare';
import type { NodeKey } from '../../../document/types';
import { usePort, useT } from '../../../port/HostPort';
import { Secondary } from '../../../ui/Secondary';
import { errorText } from '../../../ui/errorText';
import { LoadError } from '../../../ui/LoadError';
import { useLoad } from '../../../ui/useLoad';
import { useNarrow } from '../../../ui/useNarrow';
import { useEditor } from '../context';
import { versionName } from '../versionName';
import { versionOf } from '../useVersion';

/** Two versions beside each other on the canvas, with what differs as a list. */
export function CompareDialog({ onClose }: { onClose(): void }) {
  const { document, api } = useEditor();
  const t = useT();
  const versions = useLoad((signal) => api.versions(document.workflow.key, signal), [api, document.workflow.key]);
  const [chosen, setChosen] = useState<string | null>(null);
  const options = useMemo(
    () =>
      (versions.data ?? [])
        .map((version, index, all) => ({ value: String(version.id), label: versionName(version, all.length - index, t) }))
        .filter(({ value }) => value !== document.workflow.id),
    [versions.data, document.workflow.id, t],
  );
  const otherId = chosen ?? options[0]?.value ?? null;

  return (
    <Modal open title={t('Compare versions')} width="min(1400px, 96vw)" style={{ top: 24 }} footer={null} onCancel={onClose} destroyOnClose>
      <Flex vertical gap="small">
        <Flex gap="small" align="center" wrap>
          <Typography.Text>{t('Compare this version with')}</Typography.Text>
          <Select
            style={{ minWidth: 260 }}
            loading={versions.loading}
            value={otherId}
            options={options}
            aria-label={t('Other version')}
            notFoundContent={t('There is no other version')}
            onChange={setChosen}
          />
        </Flex>
        <LoadError error={versions.error} onRetry={versions.reload} />
        {otherId !== null && <Comparison key={otherId} otherId={otherId} onClose={onClose} />}
        {versions.data && otherId === null && <Empty description={t('There is no other version')} />}
      </Flex>
    </Modal>
  );
}

function Comparison({ otherId, onClose }: { otherId: string; onClose(): void }) {
  const { document, registry, api, editor } = useEditor();
  const port = usePort();
  const t = useT();
  const { message } = App.useApp();
  const isNarrow = useNarrow();
  const { data, error, reload } = useLoad(async (signal) => versionOf(await api.load(otherId, signal)), [api, otherId]);
  const other = data?.document;
  const difference = useMemo(() => other && compareDocuments(other, document), [other, document]);
  if (error) return <LoadError error={error} onRetry={reload} />;
  if (!other || !difference) return <Skeleton active />;

  const revert = async () => {
    try {
      await editor.saver.flush();
      const { id } = await api.newVersion(otherId, document.workflow.key);
      onClose();
      port.navigate(paths.workflow(id));
    } catch (failure) {
      void message.error(errorText(failure));
    }
  };

  const height = isNarrow ? 280 : 'calc(100vh - 360px)';
  return (
    <>
      <Flex gap="small" wrap={isNarrow} style={{ minHeight: 240 }}>
        {[
          { title: t('Other version'), shown: other, diff: overlayOf(difference, 'before') },
          { title: t('This version'), shown: document, diff: overlayOf(difference, 'after') },
        ].map(({ title, shown, diff }) => (
          <section key={title} aria-label={title} style={{ flex: '1 1 320px', minWidth: 0 }}>
            <Secondary>{title}</Secondary>
            <div style={{ height, minHeight: 240 }}>
              <Canvas document={shown} registry={registry} diff={diff} />
            </div>
          </section>
        ))}
      </Flex>
      <Differences difference={difference} />
      <Flex justify="flex-end" gap="small">
        <Button onClick={() => port.navigate(paths.workflow(otherId))}>{t('Open the other version')}</Button>
        <Button type="primary" disabled={!port.can('workflows:update')} onClick={() => void revert()}>
          {t('Revert: copy the other version to a new one')}
        </Button>
      </Flex>
    </>
  );
}

function overlayOf({ added, removed, changed, trigger }: FlowDifference, side: 'before' | 'after'): DiffOverlay {
  const marks = new Map<NodeKey, 'added' | 'removed' | 'changed' | 'moved'>();
  if (side === 'after') for (const { key } of added) marks.set(key, 'added');
  else for (const { key } of removed) marks.set(key, 'removed');
  for (const [key, { fields }] of changed) marks.set(key, fields.length > 0 ? 'changed' : 'moved');
  return { marks, triggerChanged: trigger.length > 0 };
}

function Differences({ difference }: { difference: FlowDifference }) {
  const t = useT();
  const { token } = theme.useToken();
  if (difference.isEmpty) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('The versions do not differ')} />;
  const { added, removed, changed, trigger } = difference;
  return (
    <ul style={{ margin: 0, padding: token.paddingXS, listStyle: 'none', maxHeight: 160, overflow: 'auto' }} aria-label={t('Differences')}>
      {trigger.length > 0 && <Line mark={t('Changed')} color="warning" title={t('Trigger')} fields={trigger} />}
      {added.map((node) => (
        <Line key={node.key} mark={t('Added')} color="success" title={node.title || node.type} />
      ))}
      {removed.map((node) => (
        <Line key={node.key} mark={t('Removed')} color="error" title={node.title || node.type} />
      ))}
      {[...changed.values()].map(({ after, fields, moved }) => (
        <Line key={after.key} mark={fields.length ? t('Changed') : t('Moved')} color="warning" title={after.title || after.type} fields={fields} note={moved && fields.length ? t('Moved') : undefined} />
      ))}
    </ul>
  );
}

function Line({ mark, color, title, fields = [], note }: { mark: string; color: string; title: string; fields?: readonly FieldChange[]; note?: string }) {
  return (
    <li style={{ padding: '2px 0' }}>
      <Tag color={color}>{mark}</Tag>
      <Typography.Text strong>{title}</Typography.Text> {note}
      {fields.map(({ path, before, after }) => (
        <div key={path} style={{ paddingInlineStart: 24, overflowWrap: 'anywhere' }}>
          <Secondary>{path}: </Secondary>
          <Secondary delete>
            {shown(before)}
          </Secondary>{' '}
          → <Typography.Text>{shown(after)}</Typography.Text>
        </div>
      ))}
    </li>
  );
}

const shown = (value: unknown): string => (value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 200);

