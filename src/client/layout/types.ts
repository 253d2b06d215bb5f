import type { FlowDocument, FlowNode, NodeKey, Place } from '../document/types';

export interface Size {
  width: number;
  height: number;
}

/** A column under a node, for a branch that its config opens or that an extension registers. */
export interface BranchColumn {
  index: number;
  /** text of the head; none: the column has no head */
  label?: string;
  /** size of what is drawn into the head (controllers of extensions); the default is the height of a label */
  head?: Partial<Size>;
  /** nodes can be added at the head of the branch; true unless said otherwise */
  addable?: boolean;
  /** the branch ends the run, or leads nowhere: no line goes on behind it */
  end?: boolean;
  /** a line goes back from its end to its beginning */
  loop?: boolean;
  /** the line to it is dashed: it is not always there */
  dashed?: boolean;
}

/** What the layout needs to know; nothing of it is measured in the browser unless `sizes` says so. */
export interface LayoutInput {
  document: FlowDocument;
  /** columns of a node in the order in which they stand from left to right */
  columns(node: FlowNode): readonly BranchColumn[];
  /** nothing can follow the node */
  ends?(node: FlowNode): boolean;
  /** height of a card where it was not measured; the default is that of a card with a summary */
  height?(node: FlowNode): number;
  /** measured sizes by box id; they win */
  sizes?: ReadonlyMap<string, Size>;
  /** nodes whose branches are not shown */
  collapsed?: ReadonlySet<NodeKey>;
  /** no slots: nothing can be added */
  readOnly?: boolean;
}

export type BoxKind = 'trigger' | 'node' | 'head' | 'end' | 'note' | 'collapsed' | 'lost';

/** A rectangle; x and y are its upper left corner, in pixels at 100 %. The axis of the main chain is x = 0. */
export interface Box {
  /** `trigger`, `node:<key>`, `head:<key>:<branch>`, `end:<key>[:<branch>]`, `end`, `note:<id>`, `collapsed:<key>`, `lost:<key>` */
  readonly id: string;
  readonly kind: BoxKind;
  /** the node that it shows or belongs to; null: the trigger or the whole flow */
  readonly key: NodeKey | null;
  readonly branch?: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** text of heads */
  readonly label?: string;
  /** nodes that a collapsed box hides */
  readonly hidden?: number;
}

/** Where a node can be added or dropped; x and y are its centre. */
export interface Slot {
  /** `slot:<upstream>:<branch>` */
  readonly id: string;
  readonly place: Place;
  readonly x: number;
  readonly y: number;
}

export type EdgeKind =
  /** from one card to the next */
  | 'flow'
  /** from a card into a column */
  | 'branch'
  /** from the end of a column to the common line below */
  | 'join'
  /** back to the beginning of a loop */
  | 'return';

/** A line with horizontal and vertical parts, and the rectangle around it. */
export interface Edge {
  readonly id: string;
  readonly kind: EdgeKind;
  /** its corners: x and y in turn */
  readonly corners: readonly number[];
  /** SVG path with rounded corners; made when it is first read */
  readonly path: string;
  /** node that it leaves; null: the trigger */
  readonly from: NodeKey | null;
  /** node that it leads to, where it does */
  readonly to: NodeKey | null;
  /** column of `from` that it belongs to */
  readonly branch?: number;
  readonly dashed?: boolean;
  readonly arrow?: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Layout {
  readonly boxes: readonly Box[];
  readonly slots: readonly Slot[];
  readonly edges: readonly Edge[];
  /** around everything, with a margin */
  readonly bounds: Area;
  box(id: string): Box | undefined;
  /** box of a node's card; undefined while it is hidden in a collapsed branch */
  card(key: NodeKey): Box | undefined;
  /** what touches an area, in the order of reading */
  visible(area: Area): { boxes: Box[]; slots: Slot[]; edges: Edge[] };
}
