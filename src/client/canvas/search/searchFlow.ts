import { indexOf } from '../../document/FlowIndex';
import type { FlowDocument } from '../../document/types';
import { configText } from '../actions/references';
import { TRIGGER } from '../types';

export interface SearchHit {
  /** key of the node, or `TRIGGER` */
  id: string;
  title: string;
  type: string;
  /** where the text was found, when it is not the title */
  excerpt?: string;
}

const EXCERPT = 24;

interface Titles {
  type(type: string): string;
  trigger: string;
}

/** Cards whose title, type, key, notes or configuration (variables included) contain a text; titles first, then in reading order. */
export function searchFlow(document: FlowDocument, text: string, titles: Titles): SearchHit[] {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const byTitle: SearchHit[] = [];
  const byRest: SearchHit[] = [];
  const test = (hit: SearchHit, config: object, more: readonly string[]) => {
    if (hit.title.toLowerCase().includes(wanted)) {
      byTitle.push(hit);
      return;
    }
    const found = [hit.type, ...more].some((item) => item.toLowerCase().includes(wanted));
    const excerpt = excerptOf(configText(config), wanted) ?? document.notes.map((note) => (note.at === idOf(hit) ? excerptOf(note.text, wanted) : undefined)).find(Boolean);
    if (found || excerpt) byRest.push({ ...hit, excerpt });
  };
  const { trigger, nodes } = document;
  test({ id: TRIGGER, title: trigger.title || titles.trigger, type: titles.trigger }, trigger.config, [trigger.type, document.workflow.key]);
  for (const node of indexOf({ nodes }).order) {
    const type = titles.type(node.type);
    test({ id: node.key, title: node.title || type, type }, node.config, [node.type, node.key]);
  }
  return [...byTitle, ...byRest];
}

const idOf = ({ id }: SearchHit) => (id === TRIGGER ? null : id);

function excerptOf(text: string, wanted: string): string | undefined {
  const at = text.toLowerCase().indexOf(wanted);
  if (at < 0) return undefined;
  const start = Math.max(0, at - EXCERPT);
  const end = Math.min(text.length, at + wanted.length + EXCERPT);
  return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`;
}
