import { createContext, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useCanvas } from '../state/CanvasContext';
import type { ForeignBranch } from '../state/CanvasStore';
import { useCardBridge } from './CardBridge';

/** Gathers the branches of one card, in the order in which they are rendered. */
class Announcements {
  readonly #branches = new Map<symbol, ForeignBranch>();
  #isScheduled = false;
  isMounted = true;

  constructor(private readonly publish: (branches: readonly ForeignBranch[]) => void) {}

  put(id: symbol, branch: ForeignBranch): void {
    this.#branches.set(id, branch);
    this.#schedule();
  }

  remove(id: symbol): void {
    this.#branches.delete(id);
    this.#schedule();
  }

  /** All branches of a card announce themselves in one pass of React; they are published once. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      if (this.isMounted) this.publish(onePerIndex([...this.#branches.values()]));
    });
  }
}

/** While a node takes the place of an empty column, both announce themselves for a moment. */
function onePerIndex(branches: readonly ForeignBranch[]): ForeignBranch[] {
  const byIndex = new Map<number, ForeignBranch>();
  for (const branch of branches) if (!byIndex.has(branch.index)) byIndex.set(branch.index, branch);
  return [...byIndex.values()].sort((a, b) => a.index - b.index);
}

const AnnouncementsContext = createContext<Announcements | null>(null);

/** Wraps what an extension renders below its card; needed once per card. */
export function BranchGroup({ children }: { children?: ReactNode }) {
  const { store } = useCanvas();
  const card = useCardBridge();
  const key = card?.node.key;
  const announcements = useMemo(
    () => new Announcements((branches) => key !== undefined && store.setForeign(key, branches)),
    [store, key],
  );
  useLayoutEffect(() => {
    announcements.isMounted = true;
    return () => {
      announcements.isMounted = false;
    };
  }, [announcements]);
  return (
    <AnnouncementsContext.Provider value={announcements}>
      <div className="wf-extras" data-wf-solid="">
        {children}
      </div>
    </AnnouncementsContext.Provider>
  );
}

export interface BranchSlotProps {
  branchIndex: number;
  /** drawn at the head of the branch's column */
  controller?: ReactNode;
  /** text at the head */
  label?: string;
  addable?: boolean;
  /** a cross instead of a line at the end */
  end?: boolean;
  dashed?: boolean;
  syncOnly?: boolean;
}

/** Announces a branch of the card around it. The canvas draws its nodes; the controller appears in the head of its column. */
export function BranchSlot(props: BranchSlotProps) {
  const { branchIndex, controller, label, addable = true, end = false, dashed = false, syncOnly = false } = props;
  const announcements = useContext(AnnouncementsContext);
  const { heads } = useCanvas();
  const card = useCardBridge();
  const id = useRef<symbol>();
  id.current ??= Symbol('branch');
  const hasController = controller != null && controller !== false;
  useEffect(() => {
    announcements?.put(id.current!, { index: branchIndex, label, addable, end, dashed, syncOnly, hasController });
  }, [announcements, branchIndex, label, addable, end, dashed, syncOnly, hasController]);
  useEffect(() => {
    const own = id.current!;
    return () => announcements?.remove(own);
  }, [announcements]);

  const boxId = card ? `head:${card.node.key}:${branchIndex}` : '';
  const [host, setHost] = useState<HTMLElement | null>(null);
  useEffect(() => (boxId ? heads.watch(boxId, setHost) : undefined), [boxId, heads]);
  return host && hasController ? createPortal(controller, host) : null;
}
