import { indexOf } from './FlowIndex';
import type { Config, FlowDocument, FlowNote, NodeKey } from './types';

export type SearchField = 'title' | 'type' | 'key' | 'config' | 'variable' | 'note';

/** A text that holds what was searched for. */
export interface SearchMatch {
  readonly field: SearchField;
  readonly text: string;
  /** parts of `text` to highlight: [start, end), ascending, not overlapping */
  readonly ranges: readonly (readonly [start: number, end: number])[];
  /** inside the config, e.g. `params.filter` */
  readonly path?: string;
}

export interface SearchHit {
  /** null: the trigger */
  readonly key: NodeKey | null;
  /** the best ones first: title, type, key, then the rest */
  readonly matches: readonly SearchMatch[];
}

export interface SearchOptions {
  /** translated title of a node or trigger type */
  typeTitle(type: string, isTrigger: boolean): string;
  /** no more hits than this; 200 unless given */
  limit?: number;
}

/** Lower case without accents, character by character, so that places in the text stay what they are. */
function folded(text: string): string {
  let result = '';
  for (const character of text) {
    const plain = character.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    result += plain.length === character.length ? plain : character;
  }
  return result;
}

const cache = new WeakMap<Config, readonly Text[]>();

interface Text {
  field: SearchField;
  text: string;
  folded: string;
  path?: string;
}

/** Texts and numbers of a config with their places. */
function textsOf(config: Config): readonly Text[] {
  let texts = cache.get(config);
  if (!texts) {
    const found: Text[] = [];
    const collect = (value: unknown, path: string) => {
      if (typeof value === 'string' || typeof value === 'number') {
        const text = String(value);
        found.push({ field: text.includes('{{') ? 'variable' : 'config', text, folded: folded(text), path });
      } else if (typeof value === 'object' && value !== null) {
        for (const [name, child] of Object.entries(value)) {
          const inner = path ? `${path}.${name}` : name;
          // Names of fields that hold values are what people remember of a config.
          if (!Array.isArray(value)) found.push({ field: 'config', text: name, folded: folded(name), path: inner });
          collect(child, inner);
        }
      }
    };
    collect(config, '');
    texts = found;
    cache.set(config, texts);
  }
  return texts;
}

/** Where words stand in a text; overlapping places are joined. */
function rangesOf(text: string, words: readonly string[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const word of words) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) ranges.push([at, at + word.length]);
  }
  ranges.sort((a, b) => a[0] - b[0]);
  return ranges.reduce<[number, number][]>((joined, [start, end]) => {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
    return joined;
  }, []);
}

/** Keys are random letters and digits: fewer of them than these say nothing. */
const MIN_KEY_PART = 4;

/** How well a title fits: 0 best. What was typed as a whole goes before its words here and there. */
function rankOf(title: string, phrase: string, words: readonly string[]): number {
  if (title === phrase) return 0;
  if (title.includes(phrase)) return 1;
  if (words.every((word) => title.includes(word))) return 2;
  return words.some((word) => title.includes(word)) ? 3 : 4;
}

/**
 * Finds nodes and the trigger by titles, types, keys, notes, config texts and variables. Every word must be found
 * somewhere in the node; case and accents do not matter.
 * @returns those whose title matches first, the better the earlier; then in reading order
 */
export function searchFlow(document: FlowDocument, query: string, { typeTitle, limit = 200 }: SearchOptions): SearchHit[] {
  const phrase = folded(query.trim());
  const words = phrase.split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const notes = new Map<NodeKey | null, FlowNote[]>();
  for (const note of document.notes) notes.set(note.at, [...(notes.get(note.at) ?? []), note]);

  const hits: (SearchHit & { rank: number })[] = [];
  const look = (key: NodeKey | null, type: string, title: string, config: Config) => {
    const heads: Text[] = [
      { field: 'title', text: title, folded: folded(title) },
      { field: 'type', ...both(typeTitle(type, key === null)) },
      ...(key === null ? [] : [{ field: 'key' as const, ...both(key) }]),
      ...(notes.get(key) ?? []).map(({ text }) => ({ field: 'note' as const, ...both(text) })),
    ];
    const texts = [...heads, ...textsOf(config)];
    if (!words.every((word) => texts.some((text) => isIn(text, word)))) return;
    const matches = texts.flatMap(({ field, text, folded: plain, path }): SearchMatch[] => {
      const ranges = rangesOf(
        plain,
        words.filter((word) => isIn({ field, folded: plain }, word)),
      );
      return ranges.length ? [{ field, text, ranges, ...(path === undefined ? {} : { path }) }] : [];
    });
    hits.push({ key, matches, rank: rankOf(folded(title), phrase, words) });
  };
  look(null, document.trigger.type, document.trigger.title, document.trigger.config);
  for (const { key, type, title, config } of indexOf(document).order) look(key, type, title, config);
  return hits
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ key, matches }) => ({ key, matches }));
}

const isIn = ({ field, folded: text }: Pick<Text, 'field' | 'folded'>, word: string) =>
  (field !== 'key' || word.length >= MIN_KEY_PART) && text.includes(word);

const both = (text: string) => ({ text, folded: folded(text) });
