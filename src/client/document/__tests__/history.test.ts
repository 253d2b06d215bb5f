import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHistory, learnIds, record, redo, undo } from '../history';
import { insertNode, renameNode } from '..';
import type { FlowDocument } from '../types';
import { anyCommand } from './anyCommand';
import { anyFlow } from './arbitrary';
import { assertConsistent, flow } from './flow';

const rename = (document: FlowDocument, title: string) => renameNode(document, { key: 'a', title });

describe('history', () => {
  it('goes 200 random commands forth, back and forth again', () => {
    fc.assert(
      fc.property(anyFlow, fc.array(anyCommand, { minLength: 200, maxLength: 200 }), (first, commands) => {
        let history = createHistory(first);
        const snapshot = structuredClone(first);
        for (const command of commands) {
          history = record(history, command(history.document), { label: 'edit', at: 0 });
          assertConsistent(history.document);
        }
        const last = history.document;
        const steps = history.past.length;
        for (let i = 0; i < steps; i++) history = undo(history);
        expect(history.document).toBe(first);
        expect(history.document).toEqual(snapshot);
        expect(undo(history)).toBe(history);
        for (let i = 0; i < steps; i++) history = redo(history);
        expect(history.document).toBe(last);
        expect(redo(history)).toBe(history);
      }),
      { numRuns: 30 },
    );
  });

  it('forgets what was undone at the next edit', () => {
    const start = createHistory(flow(['a']));
    const once = record(start, rename(start.document, '1'), { label: 'one', at: 0 });
    const other = record(undo(once), rename(start.document, '2'), { label: 'two', at: 0 });
    expect(redo(other)).toBe(other);
    expect(other.past.map(({ label }) => label)).toEqual(['two']);
  });

  it('makes one step of typing in one field without long pauses', () => {
    let history = createHistory(flow(['a']));
    const type = (title: string, at: number, merge = 'title:a') => {
      history = record(history, rename(history.document, title), { label: 'Rename', merge, at });
    };
    type('a', 0);
    type('ab', 1_000);
    type('abc', 2_500);
    expect(history.past).toHaveLength(1);
    type('abcd', 5_000);
    type('abcde', 5_100, 'title:b');
    expect(history.past).toHaveLength(3);
    history = undo(undo(undo(history)));
    expect(history.document.nodes.get('a')!.title).toBe('Node a');
  });

  it('does not merge into a step that was undone', () => {
    let history = createHistory(flow(['a']));
    history = record(history, rename(history.document, '1'), { label: '', merge: 'm', at: 0 });
    history = record(history, rename(history.document, '2'), { label: '', at: 0 });
    history = undo(history);
    history = record(history, rename(history.document, '3'), { label: '', merge: 'm', at: 1 });
    expect(undo(history).document.nodes.get('a')!.title).toBe('1');
  });

  it('ignores commands that change nothing', () => {
    const history = createHistory(flow(['a']));
    expect(record(history, history.document, { label: '', at: 0 })).toBe(history);
  });

  it('learns ids in all its documents, which go on sharing their nodes', () => {
    const node = { key: 'x', type: 'echo', title: '', config: {} };
    let history = createHistory(flow(['a']));
    history = record(history, insertNode(history.document, { place: { upstream: 'a', branch: null }, node }), { label: '', at: 0 });
    history = record(history, rename(history.document, '1'), { label: '', at: 0 });
    history = learnIds(history, { x: 5 });
    const before = undo(history).document;
    expect(history.document.nodes.get('x')).toMatchObject({ id: '5' });
    expect(before.nodes.get('x')).toBe(history.document.nodes.get('x'));
    expect(learnIds(history, { x: 5 }).document).toBe(history.document);
  });
});
