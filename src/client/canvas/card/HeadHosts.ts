type Watcher = (host: HTMLElement | null) => void;

/** Elements at the heads of branches into which extensions draw; known once both sides are there. */
export class HeadHosts {
  readonly #hosts = new Map<string, HTMLElement>();
  readonly #watchers = new Map<string, Set<Watcher>>();

  /** @param id box id of the head */
  set(id: string, host: HTMLElement | null): void {
    if (host) this.#hosts.set(id, host);
    else this.#hosts.delete(id);
    for (const watcher of this.#watchers.get(id) ?? []) watcher(host);
  }

  watch(id: string, watcher: Watcher): () => void {
    const watchers = this.#watchers.get(id) ?? new Set();
    this.#watchers.set(id, watchers.add(watcher));
    watcher(this.#hosts.get(id) ?? null);
    return () => {
      watchers.delete(watcher);
    };
  }
}
