import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addNote, indexOf, insertNode, removeNode, updateConfig, type FlowDocument, type FlowNode } from '../../document';
import { anyFlow } from '../../document/__tests__/arbitrary';
import { flow } from '../../document/__tests__/flow';
import { layoutFlow } from '../layout';
import { METRICS } from '../metrics';
import type { Area, BranchColumn, Layout, LayoutInput } from '../types';

const YES_NO: BranchColumn[] = [
  { index: 0, label: 'No' },
  { index: 1, label: 'Yes' },
];

const inputFor = (document: FlowDocument, more: Partial<LayoutInput> = {}): LayoutInput => ({
  document,
  columns: (node: FlowNode) => (node.type === 'branch' ? YES_NO : []),
  ...more,
});

const lay = (document: FlowDocument, more?: Partial<LayoutInput>) => layoutFlow(inputFor(document, more));

const overlaps = (a: Area, b: Area): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const centre = (layout: Layout, key: string): number => {
  const { x, width } = layout.card(key)!;
  return x + width / 2;
};

describe('layoutFlow', () => {
  it('stacks a chain on the axis with a slot in every gap', () => {
    const layout = lay(flow(['a', 'b']));
    expect(layout.boxes.map(({ id }) => id)).toEqual(['trigger', 'node:a', 'node:b', 'end']);
    expect(layout.card('b')).toEqual({
      id: 'node:b',
      kind: 'node',
      key: 'b',
      x: -METRICS.cardWidth / 2,
      y: 2 * (METRICS.cardHeight + METRICS.gap),
      width: METRICS.cardWidth,
      height: METRICS.cardHeight,
    });
    expect(layout.slots.map(({ place, y }) => ({ ...place, y }))).toEqual([
      { upstream: null, branch: null, y: 92 },
      { upstream: 'a', branch: null, y: 212 },
      { upstream: 'b', branch: null, y: 332 },
    ]);
  });

  it('puts the node over the middle of its columns, in the order of its type', () => {
    const layout = lay(flow([{ a: { 1: ['b', 'c'] } }, 'd']));
    const [no, yes] = [layout.box('head:a:0')!, layout.box('head:a:1')!];
    expect(no.x + no.width / 2).toBe(-centre(layout, 'b'));
    expect(yes.x + yes.width / 2).toBe(centre(layout, 'b'));
    expect(centre(layout, 'd')).toBe(0);
    expect(layout.slots.map(({ id }) => id)).toContain('slot:a:0');
    expect(layout.edges.filter(({ kind }) => kind === 'join')).toHaveLength(2);
  });

  it('marks the ends of columns that lead nowhere and lets nothing follow when all do', () => {
    const columns = () => YES_NO.map((column) => ({ ...column, end: true }));
    const layout = lay(flow([{ a: { 1: ['b'] } }]), { columns: (node) => (node.type === 'branch' ? columns() : []) });
    expect(layout.boxes.filter(({ kind }) => kind === 'end').map(({ id }) => id)).toEqual(['end:a:0', 'end:a:1']);
    expect(layout.edges.filter(({ kind }) => kind === 'join')).toEqual([]);
    expect(layout.slots.map(({ id }) => id)).not.toContain('slot:a:');
  });

  it('offers no slot behind a node that ends the run', () => {
    const layout = lay(flow(['a', 'b']), { ends: ({ key }) => key === 'b' });
    expect(layout.slots.map(({ id }) => id)).toEqual(['slot::', 'slot:a:']);
  });

  it('hides collapsed branches and says how much they hold', () => {
    const document = flow([{ a: { 0: ['b', { c: { 1: ['d'] } }] } }, 'e']);
    const layout = lay(document, { collapsed: new Set(['a']) });
    expect(layout.box('collapsed:a')!.hidden).toBe(3);
    expect(layout.card('d')).toBeUndefined();
    expect(layout.card('e')).toBeDefined();
  });

  it('shows nodes of branches that the config no longer opens', () => {
    const layout = lay(flow([{ a: { 7: ['b'] } }]));
    expect(layout.card('b')).toBeDefined();
  });

  it('stands what the trigger never reaches beside the flow', () => {
    const document = flow(['a', 'b']);
    const lost = { ...document, nodes: new Map(document.nodes).set('x', { ...document.nodes.get('a')!, key: 'x', upstream: '#9', downstream: null }) };
    const layout = lay(lost);
    expect(layout.box('lost:x')).toBeDefined();
    expect(layout.card('x')!.x).toBeGreaterThan(layout.card('a')!.x + METRICS.cardWidth);
  });

  it('draws the way back of a loop', () => {
    const layout = lay(flow([{ a: { 0: ['b'] } }]), { columns: (node) => (node.type === 'branch' ? [{ index: 0, loop: true }] : []) });
    const back = layout.edges.find(({ kind }) => kind === 'return')!;
    expect(back.y).toBeLessThan(layout.card('b')!.y);
    expect(back.y + back.height).toBeGreaterThan(layout.card('b')!.y + METRICS.cardHeight);
    expect(back.arrow).toBe(true);
  });

  it('takes measured sizes', () => {
    const layout = lay(flow(['a', 'b']), { sizes: new Map([['node:a', { width: 300, height: 200 }]]) });
    expect(layout.card('a')).toMatchObject({ x: -150, width: 300, height: 200 });
    expect(layout.card('b')!.y).toBe(METRICS.cardHeight + METRICS.gap + 200 + METRICS.gap);
  });

  it('keeps notes beside their card and what follows below them', () => {
    const document = addNote(flow(['a', 'b']), { id: 'n', at: 'a', text: 'line\n'.repeat(10) });
    const layout = lay(document);
    const note = layout.box('note:n')!;
    expect(note.x).toBe(METRICS.cardWidth / 2 + METRICS.noteGap);
    expect(layout.card('b')!.y).toBe(note.y + note.height + METRICS.gap);
  });

  it('offers no slots to readers', () => {
    expect(lay(flow(['a']), { readOnly: true }).slots).toEqual([]);
  });
});

describe('any flow', () => {
  it('has a card for every node and no two boxes over each other', () => {
    fc.assert(
      fc.property(anyFlow, (document) => {
        const layout = lay(document);
        for (const key of document.nodes.keys()) expect(layout.card(key), key).toBeDefined();
        layout.boxes.forEach((a, i) => {
          for (const b of layout.boxes.slice(i + 1)) expect(overlaps(a, b), `${a.id} over ${b.id}`).toBe(false);
        });
        for (const { x, y, width, height } of [...layout.boxes, ...layout.edges]) {
          const { bounds } = layout;
          expect(x >= bounds.x && y >= bounds.y && x + width <= bounds.x + bounds.width && y + height <= bounds.y + bounds.height).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('has unique ids, and slots only where a node can be put', () => {
    fc.assert(
      fc.property(anyFlow, (document) => {
        const layout = lay(document);
        const ids = [...layout.boxes, ...layout.slots, ...layout.edges].map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { place } of layout.slots) {
          const inserted = insertNode(document, { place, node: { key: 'x', type: 'echo', title: '', config: {} } });
          expect(indexOf(inserted).isLost('x')).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is found by area as by looking at everything', () => {
    const area = fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -100, max: 3000 }), width: fc.nat(800), height: fc.nat(800) });
    fc.assert(
      fc.property(anyFlow, area, (document, window) => {
        const layout = lay(document);
        const touches = (box: Area) =>
          box.x <= window.x + window.width && box.x + box.width >= window.x && box.y <= window.y + window.height && box.y + box.height >= window.y;
        const found = layout.visible(window);
        expect(found.boxes).toEqual(layout.boxes.filter(touches));
        expect(found.edges).toEqual(layout.edges.filter(touches));
        expect(found.slots).toEqual(layout.slots.filter(({ x, y }) => touches({ x, y, width: 0, height: 0 })));
      }),
      { numRuns: 60 },
    );
  });
});

describe('a layout after an edit', () => {
  const document = flow(['a', { b: { 0: ['c'], 1: ['d'] } }, 'e']);
  const before = lay(document);

  it('shares all that has not moved', () => {
    const after = layoutFlow(inputFor(updateConfig(document, { key: 'd', config: { x: 1 } })), before);
    expect(after.boxes.every((box, i) => box === before.boxes[i])).toBe(true);
    expect(after.edges.every((edge, i) => edge === before.edges[i])).toBe(true);
    expect(after.slots.every((slot, i) => slot === before.slots[i])).toBe(true);
  });

  it('moves only what stands below, and equals a layout made afresh', () => {
    const removed = removeNode(document, { key: 'e' });
    const after = layoutFlow(inputFor(removed), before);
    expect(after.card('d')).toBe(before.card('d'));
    expect(after.boxes).toEqual(lay(removed).boxes);
    expect(after.edges.map(({ path }) => path)).toEqual(lay(removed).edges.map(({ path }) => path));
  });
});
