/** Those who wait until everything is stored. */
export class Waiting {
  private readonly all = new Set<{ resolve(): void; reject(error: unknown): void }>();

  get isEmpty(): boolean {
    return this.all.size === 0;
  }

  join(): Promise<void> {
    return new Promise((resolve, reject) => this.all.add({ resolve, reject }));
  }

  resolve(): void {
    for (const { resolve } of this.take()) resolve();
  }

  reject(error: unknown): void {
    for (const { reject } of this.take()) reject(error);
  }

  private take() {
    const all = [...this.all];
    this.all.clear();
    return all;
  }
}
