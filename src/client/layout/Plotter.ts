import { indexOf } from '../document/FlowIndex';
import type { FlowNode, NodeKey, Place } from '../document/types';
import { Measure, type Block, type MeasuredColumn } from './measure';
import { METRICS } from './metrics';
import { Line, type EdgeLink } from './path';
import type { Box, Edge, LayoutInput, Slot } from './types';

const { gap, stem } = METRICS;

/** One chain that waits to be drawn. */
interface Chain {
  head: FlowNode;
  axis: number;
  y: number;
  addable: boolean;
  /** draws what comes below the chain */
  finish(bottom: number, last: Block): void;
}

/** A column below its node: `below` is the bottom of the card, `bar` the line above the columns, `bottom` that of the block. */
interface ColumnPlace {
  node: FlowNode;
  axis: number;
  below: number;
  bar: number;
  bottom: number;
  column: MeasuredColumn;
}

/** Draws measured blocks, top down. */
export class Plotter {
  readonly boxes: Box[] = [];
  readonly slots: Slot[] = [];
  readonly edges: Edge[] = [];
  private readonly measure: Measure;
  private readonly index;
  private readonly pending: Chain[] = [];

  constructor(private readonly input: LayoutInput) {
    this.index = indexOf(input.document);
    this.measure = new Measure(input);
    this.plotFlow();
    this.plotLost();
  }

  private plotFlow(): void {
    const trigger = this.measure.sizeOf('trigger', '', { width: METRICS.cardWidth, height: METRICS.cardHeight });
    this.boxes.push({ id: 'trigger', kind: 'trigger', key: null, x: -trigger.width / 2, y: 0, ...trigger });
    const noteBottom = this.plotNotes(null, trigger.width / 2, 0);
    const top = Math.max(trigger.height, noteBottom);
    this.slot({ upstream: null, branch: null }, 0, top + gap / 2);
    const { head } = this.index;
    if (!head) {
      this.edge('flow', { from: null, to: null }, [0, trigger.height, 0, top + gap]);
      this.end('end', null, 0, top + gap);
      return;
    }
    this.edge('flow', { from: null, to: head.key, arrow: true }, [0, trigger.height, 0, top + gap]);
    this.plotChain({
      head,
      axis: 0,
      y: top + gap,
      addable: true,
      finish: (bottom, last) => {
        if (last.ends && last.columns.length) return;
        this.edge('flow', { from: last.node.key, to: null }, [0, bottom, 0, bottom + gap]);
        this.end('end', null, 0, bottom + gap);
      },
    });
  }

  private plotLost(): void {
    const { head, lost } = this.index;
    let x = head ? this.measure.chain(head).right : 0;
    for (const { key, x: left, width } of this.boxes) if (key === null) x = Math.max(x, left + width);
    for (const start of lost) {
      const { left, right } = this.measure.chain(start);
      const axis = x + METRICS.lostGap + left;
      this.boxes.push({
        id: `lost:${start.key}`,
        kind: 'lost',
        key: start.key,
        x: axis - METRICS.cardWidth / 2,
        y: 0,
        width: METRICS.cardWidth,
        height: METRICS.lostHeight,
      });
      this.plotChain({ head: start, axis, y: METRICS.lostHeight + stem, addable: false, finish: () => undefined });
      x = axis + right;
    }
  }

  /** Draws a chain and, one after the other, the chains in its branches. */
  private plotChain(chain: Chain): void {
    this.pending.push(chain);
    for (let item = this.pending.pop(); item; item = this.pending.pop()) this.plotNodes(item);
  }

  private plotNodes({ head, axis, y, addable, finish }: Chain): void {
    let bottom = y;
    let last: Block | undefined;
    for (let node: FlowNode | null = head; node; node = this.index.next(node.key)) {
      if (last) {
        if (!last.ends) {
          const ends = { from: last.node.key, to: node.key, arrow: true };
          this.edge('flow', ends, [axis, bottom, axis, bottom + gap]);
        }
        if (addable) this.slot({ upstream: last.node.key, branch: null }, axis, bottom + gap / 2);
        bottom += gap;
      }
      last = this.measure.blocks.get(node.key)!;
      this.plotBlock(last, axis, bottom);
      bottom += last.height;
    }
    if (addable && last && !last.ends) this.slot({ upstream: last.node.key, branch: null }, axis, bottom + gap / 2);
    if (last) finish(bottom, last);
  }

  private plotBlock(block: Block, axis: number, y: number): void {
    const { node, card, columns } = block;
    this.boxes.push({ id: `node:${node.key}`, kind: 'node', key: node.key, x: axis - card.width / 2, y, ...card });
    const top = Math.max(y + card.height, this.plotNotes(node.key, axis + card.width / 2, y));
    const below = y + card.height;
    if (block.hidden) {
      this.edge('branch', { from: node.key, to: null }, [axis, below, axis, top + stem]);
      this.boxes.push({
        id: `collapsed:${node.key}`,
        kind: 'collapsed',
        key: node.key,
        hidden: block.hidden,
        x: axis - METRICS.cardWidth / 2,
        y: top + stem,
        width: METRICS.cardWidth,
        height: METRICS.collapsedHeight,
      });
    } else if (columns.length) {
      const bar = top + stem;
      const bottom = y + block.height;
      // The last one waits longest, so that columns are drawn in reading order.
      for (let i = columns.length - 1; i >= 0; i--) this.plotColumn({ node, axis, below, bar, bottom, column: columns[i]! });
    } else if (top > below && !block.ends) {
      // Notes are taller than the card: the line goes on beside them.
      this.edge('flow', { from: node.key, to: null }, [axis, below, axis, top], 'beside');
    }
  }

  private plotColumn(at: ColumnPlace): void {
    const { node, axis, below, bar, column } = at;
    const x = axis + column.offset;
    const { headSize, spec } = column;
    const { index: branch, dashed, label } = spec;
    const top = bar + stem;
    const link = { from: node.key, to: null, branch, dashed };
    this.edge('branch', link, [axis, below, axis, bar, x, bar, x, top]);
    if (headSize.height > 0) {
      this.boxes.push({ id: `head:${node.key}:${branch}`, kind: 'head', key: node.key, branch, label, x: x - headSize.width / 2, y: top, ...headSize });
    }
    const addable = spec.addable ?? true;
    const start = top + headSize.height;
    if (addable) this.slot({ upstream: node.key, branch }, x, start + gap / 2);
    const finish = (from: number, last: Block | null) => this.finishColumn(at, x, from, last);
    const head = column.chainHead;
    if (!head) {
      finish(start, null);
    } else {
      this.edge('flow', { ...link, to: head.key, arrow: true }, [x, start, x, start + gap], branch);
      this.pending.push({ head, axis: x, y: start + gap, addable, finish });
    }
    if (spec.loop) {
      const side = x - column.left;
      const back = start + column.height - headSize.height - stem / 2;
      this.edge('return', { ...link, arrow: true }, [x, back, side, back, side, bar + stem / 2, x, bar + stem / 2]);
    }
  }

  /** From the end of a column to its marker, or to the line that all columns of the node share. */
  private finishColumn(
    { node, axis, bottom, column }: ColumnPlace,
    x: number,
    from: number,
    last: Block | null,
  ): void {
    const { index: branch, dashed } = column.spec;
    const link = { from: node.key, to: null, branch, dashed };
    if (!column.ends) {
      this.edge('join', link, [x, from, x, bottom - stem, axis, bottom - stem, axis, bottom]);
    } else if (!(last?.ends && last.columns.length)) {
      this.edge('flow', link, [x, from, x, from + gap], `${branch}:end`);
      this.end(`end:${node.key}:${branch}`, node.key, x, from + gap, branch);
    }
  }

  /** @returns the bottom of the lowest note */
  private plotNotes(at: NodeKey | null, right: number, y: number): number {
    let top = y;
    for (const { note, size } of this.measure.notesOf(at)) {
      this.boxes.push({ id: `note:${note.id}`, kind: 'note', key: at, x: right + METRICS.noteGap, y: top, ...size });
      top += size.height + METRICS.noteGap;
    }
    return top === y ? y : top - METRICS.noteGap;
  }

  private end(id: string, key: NodeKey | null, x: number, y: number, branch?: number): void {
    const { endWidth: width, endHeight: height } = METRICS;
    this.boxes.push({ id, kind: 'end', key, branch, x: x - width / 2, y, width, height });
  }

  private slot(place: Place, x: number, y: number): void {
    if (this.input.readOnly) return;
    this.slots.push({ id: `slot:${place.upstream ?? ''}:${place.branch ?? ''}`, place, x, y });
  }

  private edge(
    kind: Edge['kind'],
    link: Omit<EdgeLink, 'id' | 'kind'>,
    corners: readonly number[],
    suffix: string | number = link.branch ?? '',
  ): void {
    this.edges.push(new Line({ id: `${kind}:${link.from ?? ''}:${suffix}`, kind, ...link }, corners));
  }
}
