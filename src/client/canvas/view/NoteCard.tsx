import { DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { memo, useState } from 'react';
import { editNote, removeNote } from '../../document/commands/notes';
import type { FlowNote } from '../../document/types';
import type { Box } from '../../layout/types';
import { useT } from '../../port/HostPort';
import { useCanvas, useCanvasState } from '../state/CanvasContext';
import { TRIGGER } from '../types';

/** A note beside a card. */
export const NoteCard = memo(function NoteCard({ note, box, readOnly }: { note: FlowNote; box: Box; readOnly: boolean }) {
  const { store, editing, revealSoon } = useCanvas();
  const t = useT();
  const id = `note:${note.id}`;
  const isEditing = useCanvasState(({ renaming }) => renaming === id);
  const [text, setText] = useState(note.text);
  const edit = () => {
    if (readOnly) return;
    setText(note.text);
    store.set({ renaming: id });
  };
  const remove = () => editing()?.apply(t('Note deleted'), (document) => removeNote(document, { id: note.id }));
  const close = (isKept: boolean) => {
    if (store.get().renaming !== id) return;
    store.set({ renaming: null });
    revealSoon(note.at ?? TRIGGER);
    if (!isKept || text === note.text) return;
    if (text.trim() === '') remove();
    else editing()?.apply(t('Note changed'), (document) => editNote(document, { id: note.id, text }));
  };
  const style = { left: box.x, top: box.y, width: box.width, height: isEditing ? Math.max(96, box.height) : box.height, zIndex: isEditing ? 4 : undefined };
  return (
    <div className="wf-note" style={style} role="note" aria-label={t('Note')} data-wf-solid="" onDoubleClick={edit}>
      {isEditing ? (
        <Input.TextArea
          autoFocus
          variant="borderless"
          value={text}
          aria-label={t('Text of the note')}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => close(true)}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Escape') close(false);
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) close(true);
          }}
        />
      ) : (
        note.text || <span className="wf-summary-empty">{t('Empty note')}</span>
      )}
      {!readOnly && !isEditing && (
        <span className="wf-note-tools">
          <button type="button" className="wf-quiet" aria-label={t('Edit note')} onClick={edit}>
            <EditOutlined />
          </button>
          <button type="button" className="wf-quiet" aria-label={t('Delete note')} onClick={remove}>
            <DeleteOutlined />
          </button>
        </span>
      )}
    </div>
  );
});
