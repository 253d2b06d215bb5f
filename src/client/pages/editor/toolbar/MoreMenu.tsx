import { MoreOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, type MenuProps } from 'antd';
import { useState } from 'react';
import { paths } from '../../../api/paths';
import { usePort, useT } from '../../../port/HostPort';
import { errorText } from '../../../ui/errorText';
import { useConfirmLoss } from '../../../ui/useConfirmLoss';
import { CompareDialog } from '../dialogs/CompareDialog';
import { DetailsDialog } from '../dialogs/DetailsDialog';
import { useEditor } from '../context';

/** What is done less often with a version. */
export function MoreMenu() {
  const { document, row, api, editor, editInNewVersion, reload } = useEditor();
  const port = usePort();
  const t = useT();
  const { message } = App.useApp();
  const confirmLoss = useConfirmLoss();
  const [dialog, setDialog] = useState<'details' | 'compare' | null>(null);
  const { id, key, current } = document.workflow;
  const allExecuted = Number(row.stats?.executed ?? 0);

  const copyToNewVersion = async () => {
    try {
      await editor.saver.flush();
      await editInNewVersion();
    } catch (failure) {
      void message.error(errorText(failure));
    }
  };

  const remove = async () => {
    const isDone = await confirmLoss({
      title: t('Delete this version?'),
      content: current
        ? t('This is a main version, delete it will cause the whole workflow to be deleted (including all other revisions).')
        : t('Current version will be deleted (without affecting other versions).'),
      action: t('Delete'),
      perform: () => api.destroy(id),
    });
    if (!isDone) return;
    editor.saver.dispose();
    const others = current ? [] : await api.versions(key).catch(() => []);
    const next = others.find((version) => version.current) ?? others[0];
    port.navigate(next ? paths.workflow(next.id) : paths.workflows());
  };

  const mayEdit = port.can('workflows:update');
  const items: MenuProps['items'] = [
    { key: 'details', label: <span aria-label="details">{t('Details')}</span>, onClick: () => setDialog('details') },
    { type: 'divider' },
    { key: 'refresh', label: <span aria-label="refresh">{t('Refresh')}</span>, onClick: reload },
    {
      key: 'history',
      disabled: allExecuted === 0,
      label: <span aria-label="history">{t('Execution history')}</span>,
      onClick: () => port.navigate(`${paths.executions()}?key=${encodeURIComponent(key)}`),
    },
    {
      key: 'revision',
      disabled: !mayEdit,
      label: <span aria-label="revision">{t('Copy to new version')}</span>,
      onClick: () => void copyToNewVersion(),
    },
    { key: 'compare', label: t('Compare versions'), onClick: () => setDialog('compare') },
    { type: 'divider' },
    { key: 'delete', danger: true, disabled: !port.can('workflows:destroy'), label: <span aria-label="delete">{t('Delete')}</span>, onClick: () => void remove() },
  ];

  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }} placement="bottomRight">
        <Button type="text" icon={<MoreOutlined />} aria-label="more" title={t('More actions')} />
      </Dropdown>
      {dialog === 'details' && <DetailsDialog onClose={() => setDialog(null)} />}
      {dialog === 'compare' && <CompareDialog onClose={() => setDialog(null)} />}
    </>
  );
}
