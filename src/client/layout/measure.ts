import { indexOf } from '../document/FlowIndex';
import type { FlowNode, FlowNote, NodeKey } from '../document/types';
import { METRICS } from './metrics';
import type { BranchColumn, LayoutInput, Size } from './types';

/** A column with the space it takes; `left` and `right` reach from its axis to its edges. */
export interface MeasuredColumn {
  readonly spec: BranchColumn;
  readonly chainHead: FlowNode | null;
  readonly headSize: Size;
  readonly left: number;
  readonly right: number;
  /** from the top of its head to the bottom of its end */
  readonly height: number;
  /** it ends the run: no line leaves it at the bottom */
  readonly ends: boolean;
  /** axis of the column, from the axis of its node */
  offset: number;
}

/** A node with its branches and notes, and the space they take. */
export interface Block {
  readonly node: FlowNode;
  readonly card: Size;
  readonly notes: readonly { note: FlowNote; size: Size }[];
  readonly columns: readonly MeasuredColumn[];
  /** number of nodes in branches that are not shown; 0 when they are */
  readonly hidden: number;
  readonly left: number;
  readonly right: number;
  readonly height: number;
  /** nothing goes on behind it */
  readonly ends: boolean;
}

export interface ChainSize {
  left: number;
  right: number;
  height: number;
  ends: boolean;
}

const NONE: never[] = [];
const NO_HEAD: Size = { width: 0, height: 0 };

/** Measurements of all shown nodes, bottom up. */
export class Measure {
  readonly blocks = new Map<NodeKey, Block>();
  /** size of the rest of a chain that begins with a node */
  private readonly chains = new Map<NodeKey, ChainSize>();
  private readonly index;
  private readonly notes = new Map<NodeKey | null, FlowNote[]>();
  private readonly subtreeCounts = new Map<NodeKey, number>();

  constructor(private readonly input: LayoutInput) {
    this.index = indexOf(input.document);
    for (const note of input.document.notes) {
      const beside = this.notes.get(note.at);
      if (beside) beside.push(note);
      else this.notes.set(note.at, [note]);
    }
    // Behind a node in reading order stand its branches and its followers, so backwards everything it needs is known.
    for (let i = this.index.order.length - 1; i >= 0; i--) this.measure(this.index.order[i]!);
  }

  chain(head: FlowNode): ChainSize {
    return this.chains.get(head.key)!;
  }

  notesOf(at: NodeKey | null): Block['notes'] {
    const notes = this.notes.get(at);
    return notes ? notes.map((note) => ({ note, size: this.noteSize(note) })) : NONE;
  }

  sizeOf(kind: 'trigger' | 'node:' | 'head:' | 'note:', id: string, size: Size): Size {
    return this.input.sizes?.get(kind + id) ?? size;
  }

  private noteSize({ id, text }: FlowNote): Size {
    const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / METRICS.noteCharacters)), 0);
    return this.sizeOf('note:', id, {
      width: METRICS.noteWidth,
      height: METRICS.notePadding + lines * METRICS.noteLine,
    });
  }

  private measure(node: FlowNode): void {
    const card = this.sizeOf('node:', node.key, {
      width: METRICS.cardWidth,
      height: this.input.height?.(node) ?? METRICS.cardHeight,
    });
    const notes = this.notesOf(node.key);
    let noteRoom = 0;
    let top = card.height;
    if (notes.length) {
      noteRoom = METRICS.noteGap + Math.max(...notes.map(({ size }) => size.width));
      top = Math.max(top, notes.reduce((sum, { size }) => sum + size.height + METRICS.noteGap, -METRICS.noteGap));
    }
    const hidden = this.count(node);
    const isCollapsed = hidden > 0 && (this.input.collapsed?.has(node.key) ?? false);
    const columns = isCollapsed ? [] : this.columnsOf(node);
    const first = columns[0];
    const last = columns.at(-1);
    let columnHeight = 0;
    let allEnd = columns.length > 0;
    for (const column of columns) {
      columnHeight = Math.max(columnHeight, column.height);
      allEnd &&= column.ends;
    }
    const below = isCollapsed
      ? METRICS.stem + METRICS.collapsedHeight
      : first
        ? 2 * METRICS.stem + columnHeight + (allEnd ? 0 : METRICS.stem)
        : 0;
    const block: Block = {
      node,
      card,
      notes,
      columns,
      hidden: isCollapsed ? hidden : 0,
      left: Math.max(card.width / 2, first ? first.left - first.offset : 0),
      right: Math.max(card.width / 2 + noteRoom, last ? last.right + last.offset : 0),
      height: top + below,
      ends: (this.input.ends?.(node) ?? false) || allEnd,
    };
    this.blocks.set(node.key, block);
    const next = this.index.next(node.key);
    const rest = next && this.chains.get(next.key);
    this.chains.set(node.key, {
      left: Math.max(block.left, rest?.left ?? 0),
      right: Math.max(block.right, rest?.right ?? 0),
      height: block.height + (rest ? METRICS.gap + rest.height : 0),
      ends: rest ? rest.ends : block.ends,
    });
  }

  /** nodes in the branches of a node */
  private count(node: FlowNode): number {
    let sum = 0;
    for (const { head } of this.index.branches(node.key)) {
      for (let item: FlowNode | null = head; item; item = this.index.next(item.key)) {
        sum += 1 + (this.subtreeCounts.get(item.key) ?? 0);
      }
    }
    this.subtreeCounts.set(node.key, sum);
    return sum;
  }

  private columnsOf(node: FlowNode): MeasuredColumn[] {
    const heads = this.index.branches(node.key);
    const wanted = this.input.columns(node);
    if (wanted.length === 0 && heads.length === 0) return NONE;
    const columns = wanted.map((spec) => this.column(node, spec, heads.find(({ branch }) => branch === spec.index)?.head ?? null));
    for (const { branch, head } of heads) {
      // A branch that the config no longer opens is shown nevertheless as long as there are nodes in it.
      if (!wanted.some(({ index }) => index === branch)) columns.push(this.column(node, { index: branch, end: true }, head));
    }
    let axis = 0;
    columns.forEach((column, i) => {
      if (i > 0) axis += columns[i - 1]!.right + METRICS.columnGap + column.left;
      column.offset = axis;
    });
    // The node stands over the middle between its first and its last column.
    for (const column of columns) column.offset -= axis / 2;
    return columns;
  }

  private column(node: FlowNode, spec: BranchColumn, chainHead: FlowNode | null): MeasuredColumn {
    const hasHead = spec.label !== undefined || spec.head !== undefined;
    const headSize = hasHead
      ? this.sizeOf('head:', `${node.key}:${spec.index}`, {
          width: spec.head?.width ?? METRICS.headWidth,
          height: spec.head?.height ?? METRICS.headHeight,
        })
      : NO_HEAD;
    const chain = chainHead && this.chain(chainHead);
    const ends = (spec.end ?? false) || (chain?.ends ?? false);
    const minimum = Math.max(headSize.width, METRICS.cardWidth) / 2;
    return {
      spec,
      chainHead,
      headSize,
      ends,
      left: Math.max(minimum, chain?.left ?? 0) + (spec.loop ? METRICS.loopGap : 0),
      right: Math.max(minimum, chain?.right ?? 0),
      height: headSize.height + (chain ? METRICS.gap + chain.height : 0) + METRICS.gap + (ends ? METRICS.endHeight : 0),
      offset: 0,
    };
  }
}
