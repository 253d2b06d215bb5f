import { Input } from 'antd';
import { useState } from 'react';
import { useT } from '../../port/HostPort';
import { useCanvas } from '../state/CanvasContext';

/** Edits a title in its card: Enter and leaving keep it, Escape does not. */
export function TitleEdit({ id, title }: { id: string; title: string }) {
  const { store, actions, revealSoon } = useCanvas();
  const t = useT();
  const [text, setText] = useState(title);
  const close = (isKept: boolean) => {
    if (store.get().renaming !== id) return;
    store.set({ renaming: null });
    if (isKept && text.trim() !== title) actions.rename(id, text.trim());
    revealSoon(id);
  };
  return (
    <Input
      className="wf-title-input"
      size="small"
      autoFocus
      value={text}
      maxLength={255}
      aria-label={t('Title')}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => close(true)}
      onPointerDown={(event) => event.stopPropagation()}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) close(true);
        if (event.key === 'Escape') close(false);
      }}
    />
  );
}
