import { App } from 'antd';
import { useEffect, useRef } from 'react';
import type { NodeKey } from '../../document/types';
import { usePort, useT } from '../../port/HostPort';
import type { FlowSaver } from '../../sync';
import { errorText } from '../../ui/errorText';
import { FaultTable } from './toolbar/FaultsButton';
import { refusalLines } from './refusals';

/** What is merely waiting to be sent is saved on the way; these are not. */
const STUCK = new Set(['refused', 'failed', 'conflict']);

/** Asks before another page of the application takes the place of this one and what could not be saved is lost. */
export function useLeaveGuard(saver: FlowSaver, titleOf: (key: NodeKey | null) => string): void {
  const port = usePort();
  const t = useT();
  const { modal } = App.useApp();
  // What is shown may change while the question is open; the router must not be let go for that, or the answer gets lost.
  const shown = useRef({ titleOf, t, modal });
  useEffect(() => {
    shown.current = { titleOf, t, modal };
  });
  useEffect(() => {
    const ask = () =>
      new Promise<boolean>((resolve) => {
        const { refusals = [], error } = saver.getState();
        const { titleOf: title, t: text, modal: dialogs } = shown.current;
        dialogs.confirm({
          title: text('Leave without saving?'),
          width: 520,
          content: refusals.length ? <FaultTable lines={refusalLines(refusals, title, text)} /> : errorText(error),
          okText: text('Leave'),
          okButtonProps: { danger: true },
          cancelText: text('Stay'),
          autoFocusButton: 'cancel',
          onOk: () => resolve(true),
          onCancel: () => resolve(false),
        });
      });
    return port.guardLeaving?.(() => saver.hasUnsavedChanges && STUCK.has(saver.getState().status), ask);
  }, [saver, port]);
}
