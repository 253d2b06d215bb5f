import type { ApiClient } from '../helpers/api';

/** What became of one request, as its client knows. */
export interface Sent {
  /** unique; the title of the record */
  token: string;
  keys: string[];
  /** status of the answer; null when the connection broke before there was one */
  status: number | null;
}

/** Which workflows a request names, one line after the other. */
export const MIXES = [['pure'], ['effects', 'pure'], ['sync'], ['long', 'waiting'], ['pure', 'waiting'], ['sync', 'effects'], ['long']];

/** People at their screens: each posts the next record as soon as the last one is answered. */
export class Clients {
  readonly sent: Sent[] = [];
  private working: Promise<unknown> = Promise.resolve();
  private stopped = false;

  constructor(private readonly count: number) {}

  /** Every client posts until its connection breaks or `stop()` is called. */
  start(api: ApiClient): void {
    this.stopped = false;
    this.working = Promise.all(Array.from({ length: this.count }, () => this.post(api)));
  }

  /** Resolves when no request is under way any more. */
  async gone(): Promise<void> {
    await this.working;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.gone();
  }

  private async post(api: ApiClient): Promise<void> {
    while (!this.stopped) {
      const number = this.sent.length;
      const sent: Sent = { token: `order ${number}`, keys: MIXES[number % MIXES.length]!, status: null };
      this.sent.push(sent);
      try {
        const path = `orders:create?triggerWorkflows=${sent.keys.join(',')}`;
        sent.status = (await api.post(path, { title: sent.token, amount: number })).status;
      } catch {
        return;
      }
    }
  }
}
