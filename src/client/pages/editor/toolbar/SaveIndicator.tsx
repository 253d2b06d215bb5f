import { CheckOutlined, ExclamationCircleFilled, LoadingOutlined } from '@ant-design/icons';
import { Button, Flex, theme, Tooltip, Typography } from 'antd';
import { useSyncExternalStore } from 'react';
import { RequestRefused, useT } from '../../../port/HostPort';
import { errorText } from '../../../ui/errorText';
import { useEditor } from '../context';

/** Whether all is stored; what went wrong, and another try. */
export function SaveIndicator() {
  const { editor, reload } = useEditor();
  const t = useT();
  const { token } = theme.useToken();
  const { status, error } = useSyncExternalStore(editor.saver.subscribe, editor.saver.getState);
  const isRefused = error instanceof RequestRefused && error.status === 400;
  return (
    <Flex align="center" gap={6} role="status" aria-live="polite" style={{ whiteSpace: 'nowrap' }} data-save-status={status}>
      {status === 'saving' && (
        <Typography.Text type="secondary">
          <LoadingOutlined /> {t('Saving')}
        </Typography.Text>
      )}
      {status === 'saved' && (
        <Typography.Text type="secondary">
          <CheckOutlined style={{ color: token.colorSuccess }} /> {t('Saved')}
        </Typography.Text>
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
