/** Runs tasks with the same key one after the other, different keys side by side. */
export class SerialQueue {
  private readonly tails = new Map<string, Promise<void>>();

  /** @param task must not throw: it reports its own failures */
  add(key: string, task: () => Promise<void>): Promise<void> {
    const tail = (this.tails.get(key) ?? Promise.resolve()).then(task);
    this.tails.set(key, tail);
    return tail.finally(() => {
      if (this.tails.get(key) === tail) {
        this.tails.delete(key);
      }
    });
  }

  /** Resolves when everything that was added has ended. */
  async drain(): Promise<void> {
    while (this.tails.size) {
      await Promise.allSettled(this.tails.values());
    }
  }
}
