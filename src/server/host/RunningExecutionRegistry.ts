type Abort = (reason?: string) => void;

/** Who has to be told, in this process, when an execution is aborted. */
export class RunningExecutionRegistry {
  private readonly handlers = new Map<string, Set<Abort>>();

  /** @returns removes this handler and no other */
  register(executionId: number | string, abort: Abort): () => void {
    const id = String(executionId);
    const handlers = this.handlers.get(id) ?? new Set<Abort>();
    this.handlers.set(id, handlers.add(abort));
    return () => {
      handlers.delete(abort);
      if (handlers.size === 0 && this.handlers.get(id) === handlers) {
        this.handlers.delete(id);
      }
    };
  }

  unregister(executionId: number | string): void {
    this.handlers.delete(String(executionId));
  }

  /** @returns whether anybody was told */
  abort(executionId: number | string, reason?: string): boolean {
    const handlers = this.handlers.get(String(executionId));
    if (!handlers) {
      return false;
    }
    for (const handler of [...handlers]) {
      handler(reason);
    }
    return true;
  }
}
