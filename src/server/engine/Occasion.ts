/** Something that happens now and then, and that may be waited for. */
export class Occasion {
  private readonly waiters = new Set<() => void>();

  /** Resolves when it happens next, or after `limitMs`. */
  next(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.waiters.delete(done);
        resolve();
      };
      const timer = setTimeout(done, limitMs);
      this.waiters.add(done);
    });
  }

  happened(): void {
    this.waiters.forEach((done) => done());
  }
}
