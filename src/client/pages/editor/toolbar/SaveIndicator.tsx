import { CheckOutlined, ExclamationCircleFilled, LoadingOutlined } from '@ant-design/icons';
import { Button, Flex, theme, Tooltip, Typography } from 'antd';
import { useSyncExternalStore } from 'react';
import { RequestRefused, useT } from '../../../port/HostPort';
import { Secondary } from '../../../ui/Secondary';
import { errorText } from '../../../ui/errorText';
import { useEditor } from '../context';
import { refusedCards, unsavedText } from '../refusals';

/** Whether all is stored; what went wrong, and another try. */
export function SaveIndicator() {
  const { editor, reload, canvas, open, titleOf } = useEditor();
  const t = useT();
  const { token } = theme.useToken();
  const { status, error, refusals } = useSyncExternalStore(editor.saver.subscribe, editor.saver.getState);
  const isRefused = error instanceof RequestRefused && error.status === 400;
  const goTo = () => {
    const [first = null] = refusedCards(refusals ?? []);
    canvas.current?.focus(first);
    open(first);
  };
  return (
    <Flex align="center" gap={6} role="status" aria-live="polite" style={{ whiteSpace: 'nowrap' }} data-save-status={status}>
      {status === 'saving' && (
        <Secondary>
          <LoadingOutlined /> {t('Saving')}
        </Secondary>
      )}
      {status === 'saved' && (
        <Secondary>
          <CheckOutlined style={{ color: token.colorSuccess }} /> {t('Saved')}
        </Secondary>
      )}
      {status === 'refused' && refusals && (
        <Tooltip title={refusals.map(({ key, message }) => `${titleOf(key)}: ${message}`).join('; ')}>
          <Button size="small" type="link" danger icon={<ExclamationCircleFilled />} onClick={goTo}>
            {unsavedText(refusals, t)}
          </Button>
        </Tooltip>
      )}
      {(status === 'failed' || status === 'conflict') && (
        <>
          <Tooltip title={error === undefined ? undefined : errorText(error)}>
            <Typography.Text type="danger" tabIndex={0}>
              <ExclamationCircleFilled /> {t('Not saved')}
            </Typography.Text>
          </Tooltip>
          {status === 'failed' && (
            <Button size="small" type="link" onClick={() => (isRefused ? reload() : editor.saver.retry())}>
              {isRefused ? t('Reload') : t('Try again')}
            </Button>
          )}
        </>
      )}
    </Flex>
  );
}
