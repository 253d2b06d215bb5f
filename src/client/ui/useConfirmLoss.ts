import { App } from 'antd';
import { useCallback, type ReactNode } from 'react';
import { useT } from '../port/HostPort';
import { errorText } from './errorText';

export interface Loss {
  title: string;
  /** what exactly would be lost */
  content?: ReactNode;
  /** verb of the button, e.g. `Delete` */
  action: string;
  /** does it while the question waits; a failure is told and counts as not done */
  perform?(): Promise<unknown>;
}

/** Asks before something is lost. Resolves to true when the user agreed and, where given, it was done. */
export function useConfirmLoss(): (loss: Loss) => Promise<boolean> {
  const t = useT();
  const { modal, message } = App.useApp();
  return useCallback(
    ({ title, content, action, perform }) =>
      new Promise((resolve) => {
        modal.confirm({
          title,
          content,
          okText: action,
          okButtonProps: { danger: true },
          cancelText: t('Cancel'),
          autoFocusButton: 'cancel',
          onOk: async () => {
            try {
              await perform?.();
              resolve(true);
            } catch (failure) {
              void message.error(errorText(failure));
              resolve(false);
            }
          },
          onCancel: () => resolve(false),
        });
      }),
    [modal, message, t],
  );
}
