import { theme } from 'antd';
import { useCallback, useLayoutEffect, useMemo, useRef, type ClipboardEvent, type FormEvent, type KeyboardEvent } from 'react';
import type { VariableNode } from '../variables/types';
import { useDescribe } from '../variables/useDescribe';
import { isRendered, placeCaret, render, selectionOf, textOf, variableBeside, type PillRenderer } from './dom';
import { History } from './History';
import { useLabelledBy } from './useLabelledBy';

interface Options {
  text: string;
  onChange?(text: string): void;
  all: readonly VariableNode[];
  multiline: boolean;
  id?: string;
}

/**
 * The content of an editable element. React draws the element alone; its content is drawn here, because the browser
 * changes it with every keystroke. The text is the model: every change of ours is one of the text, followed by a new
 * rendering and the caret put back.
 */
export function useTemplateEditor({ text, onChange, all, multiline, id }: Options) {
  const root = useRef<HTMLDivElement>(null);
  const model = useRef(text);
  const caret = useRef(text.length);
  const isComposing = useRef(false);
  const history = useRef<History | null>(null);
  const undoable = (history.current ??= new History(text));
  const createPill = usePillRenderer(all);
  useLabelledBy(root, id);

  const draw = useCallback(
    (next: string, at: number | null) => {
      const element = root.current;
      if (!element) return;
      render(element, next, createPill);
      if (at !== null) placeCaret(element, at);
    },
    [createPill],
  );

  const drawnWith = useRef<typeof draw | null>(null);
  useLayoutEffect(() => {
    const element = root.current;
    // What is typed is there already: only a change from outside, or of the variables' names, is drawn here.
    if (!element || isComposing.current || (model.current === text && drawnWith.current === draw)) return;
    const isFocused = element.ownerDocument.activeElement === element;
    if (model.current !== text) {
      model.current = text;
      caret.current = text.length;
      undoable.push({ text, caret: text.length }, 0, true);
    }
    drawnWith.current = draw;
    draw(text, isFocused ? caret.current : null);
  }, [text, draw, undoable]);

  const emit = (next: string, at: number, isStep: boolean) => {
    model.current = next;
    caret.current = at;
    undoable.push({ text: next, caret: at }, Date.now(), isStep);
    onChange?.(next);
  };

  /** Puts words in place of a range of the text. */
  const replace = (start: number, end: number, words: string) => {
    const inserted = multiline ? words.replaceAll('\r\n', '\n') : words.replaceAll(/\s*[\r\n]+\s*/g, ' ');
    const next = model.current.slice(0, start) + inserted + model.current.slice(end);
    draw(next, start + inserted.length);
    emit(next, start + inserted.length, true);
  };

  const selected = () => (root.current && selectionOf(root.current)) ?? { start: caret.current, end: caret.current };

  const restore = (entry: { text: string; caret: number } | undefined) => {
    if (!entry) return;
    draw(entry.text, entry.caret);
    model.current = entry.text;
    caret.current = entry.caret;
    onChange?.(entry.text);
  };

  const read = () => {
    const element = root.current;
    if (!element || isComposing.current) return;
    const next = multiline ? textOf(element) : textOf(element).replaceAll('\n', ' ');
    const at = Math.min(next.length, selected().end);
    if (!isRendered(element)) draw(next, at);
    if (next !== model.current) emit(next, at, false);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing.current || event.currentTarget.getAttribute('contenteditable') === 'false') return;
    const { start, end } = selected();
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.key.toLowerCase() === 'z') {
      event.preventDefault();
      restore(event.shiftKey ? undoable.redo() : undoable.undo());
    } else if (isCommand && event.key.toLowerCase() === 'y') {
      event.preventDefault();
      restore(undoable.redo());
    } else if (event.key === 'Enter' && !isCommand) {
      event.preventDefault();
      if (multiline) replace(start, end, '\n');
    } else if (event.key === 'Backspace' || event.key === 'Delete') {
      const range = start === end ? variableBeside(model.current, start, event.key === 'Backspace') : { start, end };
      if (!range) return;
      event.preventDefault();
      replace(range.start, range.end, '');
    } else if ((event.key === 'ArrowLeft' || event.key === 'ArrowRight') && !event.shiftKey && !isCommand && start === end) {
      const range = variableBeside(model.current, start, event.key === 'ArrowLeft');
      if (!range || !root.current) return;
      event.preventDefault();
      placeCaret(root.current, event.key === 'ArrowLeft' ? range.start : range.end);
    }
  };

  const copy = (event: ClipboardEvent, isCut: boolean) => {
    const { start, end } = selected();
    if (start === end) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', model.current.slice(start, end));
    if (isCut && event.currentTarget.getAttribute('contenteditable') !== 'false') replace(start, end, '');
  };

  const handlers = {
    onInput: (_event: FormEvent) => read(),
    onKeyDown,
    onKeyUp: () => (caret.current = selected().end),
    onMouseUp: () => (caret.current = selected().end),
    onCompositionStart: () => (isComposing.current = true),
    onCompositionEnd: () => {
      isComposing.current = false;
      read();
    },
    onCopy: (event: ClipboardEvent) => copy(event, false),
    onCut: (event: ClipboardEvent) => copy(event, true),
    onPaste: (event: ClipboardEvent) => {
      event.preventDefault();
      const { start, end } = selected();
      replace(start, end, event.clipboardData.getData('text/plain'));
    },
    // Dropped markup would bring elements that are no text.
    onDrop: (event: { preventDefault(): void }) => event.preventDefault(),
  };

  return {
    root,
    handlers,
    /** puts text at the caret, as it was when the editor had the focus */
    insert: (words: string) => replace(caret.current, caret.current, words),
    replaceAll: (words: string) => replace(0, model.current.length, words),
    focusAtCaret: () => {
      root.current?.focus();
      if (root.current) placeCaret(root.current, caret.current);
    },
  };
}

function usePillRenderer(all: readonly VariableNode[]): PillRenderer {
  const describe = useDescribe(all);
  const { token } = theme.useToken();
  return useMemo(
    () => (raw, path) => {
      const { label, details, problem } = describe(path);
      const pill = document.createElement('span');
      pill.textContent = problem ? `⚠ ${label || raw}` : label || raw;
      pill.title = details;
      pill.dataset.state = problem ? 'broken' : 'known';
      Object.assign(pill.style, {
        display: 'inline-block',
        maxWidth: '100%',
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
        verticalAlign: 'bottom',
        padding: '0 6px',
        margin: '1px',
        lineHeight: `${token.fontSize * token.lineHeight - 2}px`,
        fontSize: `${token.fontSizeSM}px`,
        fontFamily: token.fontFamily,
        borderRadius: `${token.borderRadiusSM}px`,
        color: token.colorText,
        background: problem ? token.colorErrorBg : token.colorPrimaryBg,
        boxShadow: `inset 0 0 0 1px ${problem ? token.colorError : token.colorPrimaryBorder}`,
        cursor: 'default',
      });
      return pill;
    },
    [describe, token],
  );
}
