import { parseTemplate } from '../variables/template';

/**
 * The editor's content as DOM: text nodes, and one element per variable that keeps the variable as it is written.
 * Positions are offsets into the written text, so that they outlive a new rendering.
 */
const RAW = 'data-variable';

/** Gives the caret a place beside a variable; no part of the text. */
const FILLER = '\u200B';

const clean = (text: string) => text.replaceAll(FILLER, '');

/** Makes the element that stands for a variable. */
export type PillRenderer = (raw: string, path: readonly string[]) => HTMLElement;

const rawOf = (node: Node): string | null => (node instanceof HTMLElement ? node.getAttribute(RAW) : null);

/** @returns the written text of a node and everything in it */
export function textOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return clean(node.nodeValue ?? '');
  const raw = rawOf(node);
  if (raw !== null) return raw;
  if (node.nodeName === 'BR') return node instanceof HTMLElement && node.dataset.end ? '' : '\n';
  const inner = [...node.childNodes].map(textOf).join('');
  // Browsers put lines into blocks of their own.
  return node.nodeName === 'DIV' && node.previousSibling ? `\n${inner}` : inner;
}

export function render(root: HTMLElement, text: string, createPill: PillRenderer): void {
  root.replaceChildren();
  const tokens = parseTemplate(text);
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'text') {
      root.append(token.text);
      continue;
    }
    if (tokens[at - 1]?.kind !== 'text') root.append(FILLER);
    const pill = createPill(token.raw, token.path);
    pill.setAttribute(RAW, token.raw);
    pill.contentEditable = 'false';
    root.append(pill);
    if (at === tokens.length - 1) root.append(FILLER);
  }
  if (text.endsWith('\n')) {
    const end = document.createElement('br');
    end.dataset.end = 'true';
    root.append(end);
  }
}

/** Whether what the browser made of the last keystroke is what `render` would make of the text. */
export function isRendered(root: HTMLElement): boolean {
  const nodes = [...root.childNodes];
  const pills = nodes.filter((node) => rawOf(node) !== null).length;
  const variables = parseTemplate(textOf(root)).filter((token) => token.kind === 'variable').length;
  const isFlat = nodes.every((node) => node.nodeType === Node.TEXT_NODE || rawOf(node) !== null);
  return isFlat && pills === variables;
}

/** Offset into the text of a position in the DOM. */
export function offsetOf(root: HTMLElement, container: Node, at: number): number {
  if (container === root) return [...root.childNodes].slice(0, at).map(textOf).join('').length;
  let offset = 0;
  let node: Node = container;
  if (container.nodeType === Node.TEXT_NODE) offset = clean((container.nodeValue ?? '').slice(0, at)).length;
  while (node.parentNode && node !== root) {
    for (let before = node.previousSibling; before; before = before.previousSibling) offset += textOf(before).length;
    node = node.parentNode;
  }
  return offset;
}

/** Selection as offsets into the text; null when it is elsewhere. */
export function selectionOf(root: HTMLElement): { start: number; end: number } | null {
  const selection = root.ownerDocument.getSelection();
  if (!selection?.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null;
  return {
    start: offsetOf(root, range.startContainer, range.startOffset),
    end: offsetOf(root, range.endContainer, range.endOffset),
  };
}

function positionAt(root: HTMLElement, offset: number): [Node, number] {
  let left = offset;
  const nodes = [...root.childNodes];
  for (const [at, node] of nodes.entries()) {
    const text = textOf(node);
    if (node.nodeType === Node.TEXT_NODE && left <= text.length) {
      const fillers = node.nodeValue?.startsWith(FILLER) ? 1 : 0;
      return [node, Math.min(left + fillers, node.nodeValue?.length ?? 0)];
    }
    if (rawOf(node) !== null && left < text.length) return [root, at];
    left -= text.length;
  }
  return [root, nodes.filter((node) => !(node instanceof HTMLElement && node.dataset.end)).length];
}

export function placeCaret(root: HTMLElement, offset: number): void {
  const selection = root.ownerDocument.getSelection();
  const [node, at] = positionAt(root, offset);
  selection?.collapse(node, at);
}

/** The variable that ends (backwards) or begins (forwards) at an offset, as a range of the text. */
export function variableBeside(text: string, offset: number, isBackward: boolean): { start: number; end: number } | null {
  let start = 0;
  for (const token of parseTemplate(text)) {
    const end = start + (token.kind === 'text' ? token.text : token.raw).length;
    if (token.kind === 'variable' && (isBackward ? end : start) === offset) return { start, end };
    start = end;
  }
  return null;
}
