import { Button, notification } from 'antd';
import { useEffect, useRef } from 'react';
import { useT, type HostPort } from '../../port/HostPort';
import type { FlowSaver } from '../../sync';
import { errorText } from '../../ui/errorText';

/** Keeps the browser from closing while something is unsaved; on the way to another page it is saved. */
export function useUnloadGuard(saver: FlowSaver, title: string): void {
  const t = useT();
  const latest = useRef({ title, t });
  latest.current = { title, t };
  useEffect(() => {
    const release = guardUnload(saver);
    return () => {
      release();
      // Where saving had failed already, leaving was somebody's decision.
      const isNews = saver.getState().status === 'saving';
      saver.flush().catch((error: unknown) => isNews && tellUnsaved(saver, error, latest.current));
    };
  }, [saver]);
}

function guardUnload(saver: FlowSaver): () => void {
  const guard = (event: BeforeUnloadEvent) => {
    if (!saver.hasUnsavedChanges) return;
    saver.retry();
    event.preventDefault();
  };
  window.addEventListener('beforeunload', guard);
  return () => window.removeEventListener('beforeunload', guard);
}

/**
 * Says on whatever page is shown now that edits of a page that was left are not stored. They are kept until they are, or
 * until this is closed. The page's own messages are gone with it, hence the static notification.
 */
function tellUnsaved(saver: FlowSaver, error: unknown, { title, t }: { title: string; t: HostPort['t'] }): void {
  const isConflict = saver.getState().status === 'conflict';
  const key = `workflow-unsaved-${title}`;
  const release = guardUnload(saver);
  const stop = saver.subscribe(() => {
    if (saver.hasUnsavedChanges) return;
    end();
    notification.destroy(key);
  });
  const end = () => {
    stop();
    release();
  };
  notification.error({
    key,
    duration: 0,
    message: t('Edits of "{{title}}" are not saved', { title }),
    description: errorText(error),
    btn: !isConflict && (
      <Button size="small" type="primary" onClick={() => saver.retry()}>
        {t('Try again')}
      </Button>
    ),
    onClose: () => {
      end();
      saver.dispose();
    },
  });
}
