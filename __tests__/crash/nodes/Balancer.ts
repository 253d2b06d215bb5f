import { waitFor } from '../../helpers/waitFor';
import type { TestHost } from '../../helpers/host';
import { MIXES, type Sent } from '../clients';

interface Member {
  host: TestHost;
  inRotation: boolean;
  underWay: number;
}

/** People behind a load balancer: each request goes to the next process in rotation, and none is sent twice. */
export class Balancer {
  readonly sent: Sent[] = [];
  private readonly members: Member[];
  private stopped = true;
  private working: Promise<unknown> = Promise.resolve();

  constructor(hosts: TestHost[]) {
    this.members = hosts.map((host) => ({ host, inRotation: true, underWay: 0 }));
  }

  start(clients: number): void {
    this.stopped = false;
    this.working = Promise.all(Array.from({ length: clients }, () => this.post()));
  }

  /** Resolves when every request has its answer. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.working;
  }

  /** Resolves when so many more requests were answered. */
  async answered(more: number): Promise<void> {
    const target = this.count + more;
    await waitFor(() => this.count >= target, { what: `${more} more answers`, timeoutMs: 120_000 });
  }

  /** Restarts one process as an administrator does: out of rotation, SIGTERM, start, in again. @returns its exit code */
  async restart(host: TestHost): Promise<number | null> {
    const member = this.members.find((one) => one.host === host)!;
    member.inRotation = false;
    await waitFor(() => member.underWay === 0, { what: 'requests to be answered', timeoutMs: 60_000 });
    const code = await host.stop();
    await host.start();
    member.inRotation = true;
    return code;
  }

  private get count(): number {
    return this.sent.filter(({ status }) => status !== null).length;
  }

  private async post(): Promise<void> {
    while (!this.stopped) {
      const number = this.sent.length;
      const entry: Sent = { token: `order ${number}`, keys: MIXES[number % MIXES.length]!, status: null };
      this.sent.push(entry);
      const inRotation = this.members.filter((member) => member.inRotation);
      const member = inRotation[number % inRotation.length]!;
      member.underWay += 1;
      try {
        const path = `orders:create?triggerWorkflows=${entry.keys.join(',')}`;
        entry.status = (await member.host.api.post(path, { title: entry.token, amount: number })).status;
      } finally {
        member.underWay -= 1;
      }
    }
  }
}
