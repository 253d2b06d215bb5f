import type { Id } from '../contract';

/** How a node hangs in its workflow. */
export interface NodeLinks {
  id: Id;
  upstreamId: Id | null;
  downstreamId: Id | null;
  /** null: on the chain of its upstream; a number: head of that branch of its upstream */
  branchIndex: number | null;
}

/** Where a node is or goes: `upstreamId: null` is the head of the workflow. */
export interface Placement {
  upstreamId: Id | null;
  branchIndex: number | null;
}

/** What has to be written to turn the stored rows into the wanted ones. */
export interface GraphChanges {
  updated: NodeLinks[];
  removed: Id[];
}

/** A change of the graph that is refused; `status` is the HTTP status it stands for. */
export class GraphError extends Error {
  override name = 'GraphError';

  constructor(
    message: string,
    readonly status: 400 | 404 = 400,
  ) {
    super(message);
  }
}

/** Two ids are the same key, whether they came as number or as string. */
export function isSameId(a: Id | null | undefined, b: Id | null | undefined): boolean {
  return (a ?? null) === (b ?? null) || (a != null && b != null && String(a) === String(b));
}

/**
 * Working copy of the nodes of one workflow version. Every operation keeps the links consistent;
 * `changes()` is the difference to the rows it was made of.
 */
export class GraphDraft {
  private readonly rows: Map<string, NodeLinks>;
  private readonly removed = new Map<string, Id>();

  constructor(private readonly stored: readonly NodeLinks[]) {
    this.rows = new Map(
      stored.map(({ id, upstreamId, downstreamId, branchIndex }) => [
        String(id),
        { id, upstreamId, downstreamId, branchIndex },
      ]),
    );
  }

  get(id: Id | null): NodeLinks | undefined {
    return id === null ? undefined : this.rows.get(String(id));
  }

  /** @throws GraphError 404 when there is no such node (any more) */
  require(id: Id): NodeLinks {
    const row = this.get(id);
    if (!row) {
      throw new GraphError('Node not found', 404);
    }
    return row;
  }

  /** The node that stands at a place now. */
  at({ upstreamId, branchIndex }: Placement): NodeLinks | undefined {
    return [...this.rows.values()].find(
      (row) => isSameId(row.upstreamId, upstreamId) && (upstreamId === null || row.branchIndex === branchIndex),
    );
  }

  /** Heads of the branches of a node, by index. */
  branchHeads(id: Id): NodeLinks[] {
    return [...this.rows.values()]
      .filter((row) => row.branchIndex !== null && isSameId(row.upstreamId, id))
      .sort((a, b) => a.branchIndex! - b.branchIndex!);
  }

  /** A node, what follows it on its chain, and everything in their branches. */
  chain(head: NodeLinks): NodeLinks[] {
    const found: NodeLinks[] = [];
    for (let row: NodeLinks | undefined = head; row && !found.includes(row); row = this.get(row.downstreamId)) {
      found.push(row, ...this.branches(row.id));
    }
    return found;
  }

  /** Everything in the branches of a node. */
  branches(id: Id): NodeLinks[] {
    return this.branchHeads(id).flatMap((head) => this.chain(head));
  }

  /** Last node of the chain that begins here. */
  tail(head: NodeLinks): NodeLinks {
    const seen = new Set<NodeLinks>();
    let row = head;
    for (let next = this.get(row.downstreamId); next && !seen.has(next); next = this.get(row.downstreamId)) {
      seen.add(next);
      row = next;
    }
    return row;
  }

  /** Puts a node, new or taken out before, at a place; what stood there follows it. */
  place(id: Id, { upstreamId, branchIndex }: Placement): void {
    const follower = this.at({ upstreamId, branchIndex });
    const upstream = upstreamId === null ? undefined : this.require(upstreamId);
    this.rows.set(String(id), {
      id,
      upstreamId: upstream?.id ?? null,
      branchIndex: upstream ? branchIndex : null,
      downstreamId: follower?.id ?? null,
    });
    if (follower) {
      follower.upstreamId = id;
      follower.branchIndex = null;
    }
    if (upstream && branchIndex === null) {
      upstream.downstreamId = id;
    }
  }

  /** Takes a node out of its chain and joins its neighbours; its branches stay attached to it. */
  detach(id: Id): void {
    const row = this.require(id);
    this.replace(row, this.get(row.downstreamId));
    row.downstreamId = null;
  }

  /** Gives the place of a node to another one (or to nobody). */
  replace(row: NodeLinks, successor: NodeLinks | undefined): void {
    const upstream = this.get(row.upstreamId);
    if (upstream && row.branchIndex === null) {
      upstream.downstreamId = successor?.id ?? null;
    }
    if (successor) {
      successor.upstreamId = row.upstreamId;
      successor.branchIndex = row.branchIndex;
    }
  }

  remove(rows: NodeLinks[]): void {
    for (const { id } of rows) {
      this.rows.delete(String(id));
      this.removed.set(String(id), id);
    }
  }

  changes(): GraphChanges {
    const before = new Map(this.stored.map((row) => [String(row.id), row]));
    const updated = [...this.rows.values()].filter((row) => {
      const old = before.get(String(row.id));
      return (
        !old ||
        !isSameId(old.upstreamId, row.upstreamId) ||
        !isSameId(old.downstreamId, row.downstreamId) ||
        old.branchIndex !== row.branchIndex
      );
    });
    return { updated, removed: [...this.removed.values()] };
  }
}
