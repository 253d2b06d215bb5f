import { Alert, Button, Flex, Modal, Typography } from 'antd';
import { useState, useSyncExternalStore } from 'react';
import { useT } from '../../../port/HostPort';
import { Secondary } from '../../../ui/Secondary';
import { errorText } from '../../../ui/errorText';
import { useEditor } from '../context';
import { versionOf } from '../useVersion';

/** Somebody else saved this version meanwhile: people choose whose flow stays. Undo brings the other one back. */
export function ConflictDialog() {
  const { editor, api, document } = useEditor();
  const t = useT();
  const { status } = useSyncExternalStore(editor.saver.subscribe, editor.saver.getState);
  const [state, setState] = useState<{ isBusy?: boolean; error?: string }>({});
  if (status !== 'conflict') return null;

  const settle = async (choice: 'theirs' | 'ours') => {
    setState({ isBusy: true });
    try {
      const stored = versionOf(await api.load(document.workflow.id));
      if (choice === 'theirs') editor.takeOver(stored, t('Version of somebody else loaded'));
      else editor.saver.rebase(stored.document, stored.revision);
      setState({});
    } catch (failure) {
      setState({ error: errorText(failure) });
    }
  };

  return (
    <Modal
      open
      closable={false}
      title={t('Somebody else changed this version')}
      footer={
        <Flex justify="flex-end" gap="small" wrap>
          <Button danger loading={state.isBusy} onClick={() => void settle('ours')}>
            {t('Overwrite with mine')}
          </Button>
          <Button type="primary" loading={state.isBusy} onClick={() => void settle('theirs')}>
            {t('Load theirs')}
          </Button>
        </Flex>
      }
    >
      <Typography.Paragraph>{t('Your last edits are not saved, because the stored version is newer than the one you began with.')}</Typography.Paragraph>
      <Typography.Paragraph>
        <Secondary>{t('If you load theirs, undo brings yours back.')}</Secondary>
      </Typography.Paragraph>
      {state.error && <Alert type="error" showIcon message={state.error} />}
    </Modal>
  );
}
