import type { HostPort } from '../../client/port/HostPort';
import type { TaskStats } from './tasks';

export type Counts = Readonly<Record<string, TaskStats>>;

const NO_COUNTS: Counts = {};

/**
 * To-dos of the current user by type. One for the whole page, so that badge, menu and lists say the same; the server
 * is asked once, and tells every change afterwards.
 */
export class TaskCounts {
  private counts: Counts = NO_COUNTS;
  private readonly listeners = new Set<() => void>();
  private stop: (() => void) | undefined;

  constructor(
    private readonly port: Pick<HostPort, 'request' | 'subscribe'>,
    private readonly types: () => string[],
  ) {}

  get = (): Counts => this.counts;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (!this.stop) {
      this.stop = this.port.subscribe('workflow:tasks:updated', (payload) => this.onMessage(payload));
      void this.reload();
    }
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size) return;
      this.stop?.();
      this.stop = undefined;
    };
  };

  /** Asks the server. A badge without a number is better than an error in front of every page. */
  reload = async (): Promise<void> => {
    const type = this.types();
    if (!type.length) return;
    try {
      const { data } = await this.port.request<{ type: string; stats: TaskStats }[]>({
        action: 'userWorkflowTasks:listMine',
        params: { filter: { type } },
      });
      this.put(Object.fromEntries((data ?? []).map((row) => [row.type, row.stats])));
    } catch {
      this.put(NO_COUNTS);
    }
  };

  private onMessage(payload: unknown): void {
    const { type, stats } = (payload ?? {}) as { type?: string; stats?: TaskStats };
    if (type && stats) this.put({ ...this.counts, [type]: stats });
    else void this.reload();
  }

  private put(counts: Counts): void {
    this.counts = counts;
    for (const listener of this.listeners) listener();
  }
}
