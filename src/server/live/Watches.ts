import type { Id } from '../contract';

/** Somebody looks at one execution, at the executions of a workflow, or at all of them. */
export interface Watch {
  userId: Id;
  target: WatchTarget;
  /** milliseconds; forgotten afterwards unless it is asked for again */
  until: number;
}

export type WatchTarget = { kind: 'execution'; id: string } | { kind: 'workflow'; key: string } | { kind: 'all' };

/** A person has few pages open; what is more is a client that does not stop. */
const MAX_PER_USER = 20;

export const ALL = 'all';

/** Name of what is watched, the same for everybody who watches it. */
export function nameOf(target: WatchTarget): string {
  switch (target.kind) {
    case 'execution':
      return `execution/${target.id}`;
    case 'workflow':
      return `workflow/${target.key}`;
    case 'all':
      return ALL;
  }
}

/** Who looks at what, in this process. */
export class Watches {
  private readonly byName = new Map<string, { target: WatchTarget; users: Map<string, Watch> }>();

  get isEmpty(): boolean {
    return this.byName.size === 0;
  }

  /** Begins a watch or prolongs it. The oldest of a user's watches gives way when there are too many. */
  add(watch: Watch): void {
    const own = this.ofUser(watch.userId);
    const name = nameOf(watch.target);
    if (own.length >= MAX_PER_USER && !own.some(({ target }) => nameOf(target) === name)) {
      own.sort((a, b) => a.until - b.until);
      this.remove(own[0]!);
    }
    const entry = this.byName.get(name) ?? { target: watch.target, users: new Map<string, Watch>() };
    entry.users.set(String(watch.userId), watch);
    this.byName.set(name, entry);
  }

  /** Forgets watches that have run out. @returns what is still watched, and by whom */
  current(now: number): Array<{ name: string; target: WatchTarget; userIds: Id[] }> {
    for (const { users } of this.byName.values()) {
      for (const watch of users.values()) {
        if (watch.until <= now) {
          this.remove(watch);
        }
      }
    }
    return [...this.byName].map(([name, { target, users }]) => ({
      name,
      target,
      userIds: [...users.values()].map(({ userId }) => userId),
    }));
  }

  /** Ends all watches of a target. */
  end(name: string): void {
    this.byName.delete(name);
  }

  clear(): void {
    this.byName.clear();
  }

  private ofUser(userId: Id): Watch[] {
    return [...this.byName.values()].flatMap(({ users }) => users.get(String(userId)) ?? []);
  }

  private remove({ userId, target }: Watch): void {
    const name = nameOf(target);
    const entry = this.byName.get(name);
    entry?.users.delete(String(userId));
    if (entry?.users.size === 0) {
      this.byName.delete(name);
    }
  }
}
